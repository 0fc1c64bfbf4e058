// The HTTP head: it is read the same in whatever pieces it arrives, and nothing in it can become another line of a
// message that is sent on.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "net/request_reader.hpp"
#include "tests/fuzz/require.hpp"

namespace guildhall::fuzz {
namespace {

using State = net::RequestReader::State;

constexpr std::size_t head_limit = 1024;
constexpr std::size_t body_limit = 1024;
constexpr std::size_t longest_input = 4096;
constexpr std::size_t longest_piece = 8192;

struct Reading {
  std::vector<std::string> requests;
  bool failed = false;

  bool operator==(const Reading&) const = default;
};

bool fits_a_line(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

/// Everything that a handler sees of the request, as text.
std::string describe(const net::Request& request) {
  require(request.target.starts_with('/') || request.target == "*");
  require(fits_a_line(request.target));
  require(request.headers.size() <= head_limit / 4);
  require(request.body.size() <= body_limit);
  std::string text = std::string(net::to_string(request.method)) + ' ' + request.target + '\n';
  for (const auto& [name, value] : request.headers) {
    require(!name.empty() && fits_a_line(name) && fits_a_line(value));
    text += name + ": " + value + '\n';
  }
  return text + '\n' + request.body;
}

/// The result of a reader that gets `input` in pieces of that size.
Reading read(std::string_view input, std::size_t piece) {
  Reading reading;
  net::RequestReader reader(head_limit, body_limit);
  while (!input.empty()) {
    const auto part = input.substr(0, piece);
    part.copy(reader.prepare().data(), part.size());
    reader.commit(part.size());
    input.remove_prefix(part.size());
    auto state = reader.advance();
    for (; state == State::done; state = reader.advance()) {
      reading.requests.push_back(describe(reader.take()));
      if (!reader.keep_alive()) return reading;
    }
    if (state == State::failed) {
      require(reader.failure().status >= 400 && !reader.failure().sentence.empty());
      reading.failed = true;
      return reading;
    }
  }
  return reading;
}

}  // namespace
}  // namespace guildhall::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guildhall::fuzz;
  if (size > longest_input) return 0;
  // The last head is terminated, because how early an unfinished one is refused may depend on the pieces.
  const std::string input = std::string(reinterpret_cast<const char*>(data), size) + "\r\n\r\n";
  const Reading whole = read(input, longest_piece);
  require(read(input, 1) == whole);
  require(read(input, 7) == whole);
  return 0;
}
