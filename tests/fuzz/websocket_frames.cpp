// WebSocket frames of a peer: they are read the same in whatever pieces they arrive, messages keep to the limits, and
// framed again they are read as the same messages.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.hpp"
#include "net/websocket_reader.hpp"
#include "tests/fuzz/require.hpp"

namespace guildhall::fuzz {
namespace {

using net::Opcode;
using net::WebSocketReader;
using net::WebSocketRole;
using net::WebSocketRules;
using Outcome = WebSocketReader::Outcome;

constexpr std::size_t max_message = 1024;
constexpr std::size_t max_control = 125;

struct Reading {
  std::vector<std::pair<Opcode, std::string>> messages;
  std::optional<net::CloseCode> failure;

  bool operator==(const Reading&) const = default;
};

void check(Opcode kind, std::string_view payload) {
  switch (kind) {
    case Opcode::text: require(base::is_utf8(payload)); [[fallthrough]];
    case Opcode::binary: return require(payload.size() <= max_message);
    case Opcode::close: require(net::parse_close_payload(payload).has_value()); [[fallthrough]];
    case Opcode::ping:
    case Opcode::pong: return require(payload.size() <= max_control);
    case Opcode::continuation: return require(false);
  }
}

/// The result of a reader that gets `input` in pieces of that size.
Reading read(const WebSocketRules& rules, std::string input, std::size_t piece) {
  Reading reading;
  WebSocketReader reader(rules);
  std::span<char> rest(input);
  while (!rest.empty()) {
    auto part = rest.first(std::min(piece, rest.size()));
    rest = rest.subspan(part.size());
    auto outcome = reader.next(part);
    for (; outcome == Outcome::message; outcome = reader.next(part)) {
      check(reader.kind(), reader.payload());
      reading.messages.emplace_back(reader.kind(), reader.payload());
    }
    if (outcome == Outcome::failed) {
      reading.failure = reader.failure();
      return reading;
    }
    require(part.empty());
  }
  return reading;
}

std::string frames_of(const Reading& reading, WebSocketRole receiver) {
  std::string frames;
  for (const auto& [kind, payload] : reading.messages) {
    if (receiver == WebSocketRole::server) {
      net::append_masked_frame(frames, kind, payload, {'m', 'a', 's', 'k'});
    } else {
      net::append_frame(frames, kind, payload);
    }
  }
  return frames;
}

}  // namespace
}  // namespace guildhall::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guildhall::fuzz;
  const std::string input(reinterpret_cast<const char*>(data), size);
  for (const auto role : {WebSocketRole::server, WebSocketRole::client}) {
    for (const bool deflate : {false, true}) {
      const WebSocketRules rules{.role = role, .max_message = max_message, .deflate = deflate};
      Reading whole = read(rules, input, input.size());
      require(read(rules, input, 1) == whole);
      require(read(rules, input, 5) == whole);
      whole.failure.reset();
      require(read(rules, frames_of(whole, role), input.size() + 1) == whole);
    }
  }
  return 0;
}
