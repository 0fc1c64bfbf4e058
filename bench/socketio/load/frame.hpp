#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::bench {

/// The head of an unmasked WebSocket frame, as servers send it (RFC 6455 section 5.2).
struct FrameHead {
  std::uint8_t opcode = 0;
  bool final = true;
  std::size_t head = 0;     ///< Bytes of the head itself.
  std::size_t payload = 0;  ///< Bytes that follow it.
};

/// Nothing if `bytes` ends within the head. Throws std::runtime_error for a masked frame.
[[nodiscard]] std::optional<FrameHead> parse_frame_head(std::string_view bytes);

/// A masked text frame, as clients send it.
[[nodiscard]] std::string masked_text_frame(std::string_view text);

}  // namespace guildhall::bench
