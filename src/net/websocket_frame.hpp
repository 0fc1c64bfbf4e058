#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::net {

/// Kinds of WebSocket frames (RFC 6455 section 5.2).
enum class Opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

/// Close codes (RFC 6455 section 7.4.1). A peer may send any of 1000 to 1003, 1007 to 1014 and 3000 to 4999.
enum class CloseCode : std::uint16_t {
  normal = 1000,
  going_away = 1001,
  protocol_error = 1002,
  no_status = 1005,  ///< A close frame without a code; never sent.
  abnormal = 1006,   ///< The connection ended without a close frame; never sent.
  invalid_payload = 1007,
  policy_violation = 1008,
  message_too_big = 1009,
  internal_error = 1011,
};

/// Whether a frame's payload is compressed (RFC 7692 section 6: RSV1).
enum class Compression : std::uint8_t { none, deflate };

/// Appends an unmasked frame, as servers send it.
void append_frame(std::string& out, Opcode opcode, std::string_view payload,
                  Compression compression = Compression::none);

using MaskingKey = std::array<char, 4>;

/// Appends a frame masked with `key`, as clients send it. The key must be unpredictable (RFC 6455 section 10.3).
void append_masked_frame(std::string& out, Opcode opcode, std::string_view payload, MaskingKey key,
                         Compression compression = Compression::none);

/// The bytes that `append_frame` appends for a payload of `size` bytes.
[[nodiscard]] std::size_t frame_size(std::size_t size);

struct PlainFrame {
  Opcode opcode = Opcode::text;
  std::string_view payload;
};

/// Takes the first frame off `frames`, which `append_frame` wrote; nothing if none is left.
[[nodiscard]] std::optional<PlainFrame> take_frame(std::string_view& frames);

/// The payload of a close frame: code, and at most 123 bytes of reason. Empty for the codes that are never sent.
[[nodiscard]] std::string close_payload(CloseCode code, std::string_view reason);

struct CloseReceived {
  CloseCode code = CloseCode::no_status;
  std::string_view reason;
};

/// The content of a peer's close frame; nothing if its payload is invalid.
[[nodiscard]] std::optional<CloseReceived> parse_close_payload(std::string_view payload);

}  // namespace guildhall::net
