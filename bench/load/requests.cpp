#include "bench/load/requests.hpp"

namespace guildhall::bench {
namespace {

constexpr std::string_view placeholder = "{n}";
constexpr std::string_view digits = "0000000000";

}  // namespace

Requests::Requests(const Ask& ask) {
  std::string body = ask.body;
  const auto number_at = body.find(placeholder);
  if (number_at != std::string::npos) {
    body.replace(number_at, placeholder.size(), digits);
    number_from_end_ = body.size() - number_at;
  }
  std::string rest = " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(ask.port) + "\r\n";
  for (const auto& header : ask.headers) rest += header + "\r\n";
  if (!body.empty()) {
    rest += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  }
  rest += "\r\n" + body;
  for (const auto& path : ask.paths) bytes_.push_back(ask.method + " " + path + rest);
}

std::string_view Requests::next() {
  auto& bytes = bytes_[number_++ % bytes_.size()];
  if (number_from_end_ != 0) {
    auto left = number_;
    for (auto at = bytes.size() - number_from_end_ + digits.size(); left > 0; left /= 10) {
      bytes[--at] = static_cast<char>('0' + left % 10);
    }
  }
  return bytes;
}

}  // namespace guildhall::bench
