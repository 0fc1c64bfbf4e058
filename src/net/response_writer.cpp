#include "net/response_writer.hpp"

#include <algorithm>
#include <array>
#include <ctime>

namespace guildhall::net {
namespace {

bool allows_content(unsigned status) { return status >= 200 && status != 204 && status != 304; }

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ");
  const auto begin = out.size();
  out.append(value);
  std::replace_if(
      out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(),
      [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
  out.append("\r\n");
}

}  // namespace

std::string serialize_head(const Response& response, const Headers& common, std::string_view date,
                           std::string_view request_id, Framing framing) {
  std::string out;
  out.reserve(768);
  out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  out.append(reason_phrase(response.status)).append("\r\n");
  append_field(out, "Date", date);
  for (const Header& field : response.headers) append_field(out, field.name, field.value);
  for (const Header& field : common) {
    if (!response.headers.find(field.name)) append_field(out, field.name, field.value);
  }
  if (!request_id.empty()) append_field(out, "X-Request-Id", request_id);
  if (allows_content(response.status)) append_field(out, "Content-Length", std::to_string(response.payload().size()));
  if (!framing.keep_alive) {
    append_field(out, "Connection", "close");
  } else if (framing.http_1_0) {
    append_field(out, "Connection", "keep-alive");
  }
  out.append("\r\n");
  return out;
}

bool has_content(unsigned status, Framing framing) { return allows_content(status) && !framing.head_request; }

std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  // The program never changes the C locale, so the names are English.
  const auto length = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return {text.data(), length};
}

}  // namespace guildhall::net
