#include "bench/socketio/load/frame.hpp"

#include <array>
#include <stdexcept>

namespace guildhall::bench {
namespace {

std::size_t big_endian(std::string_view bytes) {
  std::size_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

}  // namespace

std::optional<FrameHead> parse_frame_head(std::string_view bytes) {
  if (bytes.size() < 2) return std::nullopt;
  const auto first = static_cast<unsigned char>(bytes[0]);
  const auto second = static_cast<unsigned char>(bytes[1]);
  if ((second & 0x80) != 0) throw std::runtime_error("the server masks its frames");

  FrameHead frame{.opcode = static_cast<std::uint8_t>(first & 0x0F), .final = (first & 0x80) != 0};
  const std::size_t length = second & 0x7F;
  const std::size_t extended = length == 127 ? 8 : length == 126 ? 2 : 0;
  frame.head = 2 + extended;
  if (bytes.size() < frame.head) return std::nullopt;
  frame.payload = extended == 0 ? length : big_endian(bytes.substr(2, extended));
  return frame;
}

std::string masked_text_frame(std::string_view text) {
  // RFC 6455 requires an unpredictable key because of proxies; there are none here.
  constexpr std::array<char, 4> key{0x37, 0x1A, 0x2E, 0x55};
  if (text.size() > 125) throw std::runtime_error("longer texts are not sent here");
  std::string frame{'\x81', static_cast<char>(0x80 | text.size())};
  frame.append(key.data(), key.size());
  for (std::size_t i = 0; i < text.size(); ++i) frame.push_back(static_cast<char>(text[i] ^ key[i % key.size()]));
  return frame;
}

}  // namespace guildhall::bench
