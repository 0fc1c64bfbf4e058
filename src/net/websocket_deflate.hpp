#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::net {

/// The WebSocket extension permessage-deflate (RFC 7692), without context takeover on either side: messages are
/// independent, so that one compressed frame serves all receivers and a connection keeps no dictionary.

/// A server's response to the offers of `Sec-WebSocket-Extensions` (section 7.1); nothing if no offer is acceptable.
[[nodiscard]] std::optional<std::string> accept_deflate(std::string_view offers);

/// Compresses a message's payload (section 7.2.1).
[[nodiscard]] std::string deflate_message(std::string_view message);

struct Inflated {
  enum class Outcome : std::uint8_t { done, too_big, malformed };
  Outcome outcome = Outcome::done;
  std::string message;
};

/// Undoes `deflate_message` (section 7.2.2). Never produces more than `limit` bytes.
[[nodiscard]] Inflated inflate_message(std::string_view payload, std::size_t limit);

}  // namespace guildhall::net
