#include "net/websocket_frame.hpp"

#include "base/utf8.hpp"

namespace guildhall::net {
namespace {

constexpr std::size_t max_reason = 123;  // A control frame holds 125 bytes.

constexpr char final_fragment = '\x80';
constexpr char compressed_bit = '\x40';
constexpr char masked = '\x80';

/// Appends `value` in network byte order.
void append_number(std::string& out, std::uint64_t value, unsigned bytes) {
  for (unsigned left = bytes; left > 0; --left) out.push_back(static_cast<char>(value >> (left - 1) * 8 & 0xFF));
}

void append_head(std::string& out, Opcode opcode, std::size_t size, Compression compression, char mask_bit) {
  const auto kind = static_cast<char>(opcode);
  out.push_back(static_cast<char>(final_fragment | (compression == Compression::deflate ? compressed_bit : 0) | kind));
  if (size < 126) {
    out.push_back(static_cast<char>(mask_bit | static_cast<char>(size)));
  } else if (size <= 0xFFFF) {
    out.push_back(static_cast<char>(mask_bit | 126));
    append_number(out, size, 2);
  } else {
    out.push_back(static_cast<char>(mask_bit | 127));
    append_number(out, size, 8);
  }
}

bool may_be_received(std::uint16_t code) {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

}  // namespace

void append_frame(std::string& out, Opcode opcode, std::string_view payload, Compression compression) {
  append_head(out, opcode, payload.size(), compression, 0);
  out.append(payload);
}

void append_masked_frame(std::string& out, Opcode opcode, std::string_view payload, MaskingKey key,
                         Compression compression) {
  append_head(out, opcode, payload.size(), compression, masked);
  out.append(key.data(), key.size());
  for (std::size_t i = 0; i < payload.size(); ++i) out.push_back(static_cast<char>(payload[i] ^ key[i % 4]));
}

std::size_t frame_size(std::size_t size) { return size + (size < 126 ? 2 : size <= 0xFFFF ? 4 : 10); }

std::optional<PlainFrame> take_frame(std::string_view& frames) {
  if (frames.empty()) return std::nullopt;
  const auto opcode = static_cast<Opcode>(frames[0] & 0x0F);
  const auto short_size = static_cast<std::uint8_t>(frames[1]);
  const std::size_t size_bytes = short_size < 126 ? 0 : short_size == 126 ? 2 : 8;
  std::size_t size = size_bytes == 0 ? short_size : 0;
  for (std::size_t i = 0; i < size_bytes; ++i) size = size << 8 | static_cast<std::uint8_t>(frames[2 + i]);
  const PlainFrame frame{opcode, frames.substr(2 + size_bytes, size)};
  frames.remove_prefix(2 + size_bytes + size);
  return frame;
}

std::string close_payload(CloseCode code, std::string_view reason) {
  std::string out;
  if (code == CloseCode::no_status || code == CloseCode::abnormal) return out;
  append_number(out, static_cast<std::uint16_t>(code), 2);
  out.append(reason.substr(0, max_reason));
  return out;
}

std::optional<CloseReceived> parse_close_payload(std::string_view payload) {
  if (payload.empty()) return CloseReceived{};
  if (payload.size() == 1) return std::nullopt;
  const auto code =
      static_cast<std::uint16_t>(static_cast<std::uint8_t>(payload[0]) << 8 | static_cast<std::uint8_t>(payload[1]));
  const auto reason = payload.substr(2);
  if (!may_be_received(code) || !base::count_code_points(reason)) return std::nullopt;
  return CloseReceived{static_cast<CloseCode>(code), reason};
}

}  // namespace guildhall::net
