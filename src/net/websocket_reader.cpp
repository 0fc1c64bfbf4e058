#include "net/websocket_reader.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/utf8.hpp"
#include "net/websocket_deflate.hpp"

namespace guildhall::net {
namespace {

constexpr std::uint8_t rsv1 = 0x40;
constexpr std::uint8_t rsv2_and_3 = 0x30;
constexpr std::uint8_t mask_bit = 0x80;
constexpr std::size_t max_control = 125;

bool is_known(Opcode opcode) {
  switch (opcode) {
    case Opcode::continuation:
    case Opcode::text:
    case Opcode::binary:
    case Opcode::close:
    case Opcode::ping:
    case Opcode::pong: return true;
  }
  return false;
}

}  // namespace

WebSocketReader::Outcome WebSocketReader::next(Span& bytes) {
  if (failed_) return Outcome::failed;
  forget_delivered();
  for (;;) {
    if (!in_payload_ && !read_head(bytes)) break;
    if (!read_payload(bytes)) break;
    if (delivered_) return Outcome::message;
  }
  return failed_ ? Outcome::failed : Outcome::need_more;
}

/// Frees the memory of the last message.
void WebSocketReader::forget_delivered() {
  if (!std::exchange(delivered_, false)) return;
  payload_ = {};
  control_ = std::string();
  if (!in_message_) message_ = std::string();
}

std::size_t WebSocketReader::head_size() const {
  const unsigned size = head_[1] & 0x7FU;
  return 2U + (size < 126 ? 0U : size == 126 ? 2U : 8U) + ((head_[1] & mask_bit) != 0 ? 4U : 0U);
}

/// False if more bytes are needed or the head is invalid.
bool WebSocketReader::read_head(Span& bytes) {
  while (head_have_ < 2 || head_have_ < head_size()) {
    if (bytes.empty()) return false;
    head_[head_have_++] = static_cast<std::uint8_t>(bytes.front());
    bytes = bytes.subspan(1);
  }
  head_have_ = 0;
  return accept_head();
}

bool WebSocketReader::accept_head() {
  const Opcode opcode = frame_opcode();
  const bool masked = (head_[1] & mask_bit) != 0;
  const bool begins_message = opcode == Opcode::text || opcode == Opcode::binary;
  if (!is_known(opcode) || masked != (role_ == WebSocketRole::server)) return fail(CloseCode::protocol_error);
  if ((head_[0] & rsv2_and_3) != 0) return fail(CloseCode::protocol_error);
  if ((head_[0] & rsv1) != 0 && !(deflate_ && begins_message)) return fail(CloseCode::protocol_error);

  const unsigned short_size = head_[1] & 0x7FU;
  const unsigned size_bytes = short_size < 126 ? 0 : short_size == 126 ? 2 : 8;
  left_ = size_bytes == 0 ? short_size : 0;
  for (unsigned i = 0; i < size_bytes; ++i) left_ = left_ << 8 | head_[2 + i];
  // The shortest form is required, and the highest bit must be zero (RFC 6455 section 5.2).
  if ((size_bytes == 2 && left_ < 126) || (size_bytes == 8 && (left_ <= 0xFFFF || left_ >> 63 != 0))) {
    return fail(CloseCode::protocol_error);
  }
  if (is_control()) {
    if (!is_final() || left_ > max_control) return fail(CloseCode::protocol_error);
  } else {
    if (begins_message == in_message_) return fail(CloseCode::protocol_error);
    if (left_ > max_message_ - std::min(max_message_, message_.size())) return fail(CloseCode::message_too_big);
    if (begins_message) {
      message_kind_ = opcode;
      compressed_ = (head_[0] & rsv1) != 0;
    }
    in_message_ = true;
  }
  mask_at_ = 0;
  in_payload_ = true;
  return true;
}

/// False if more bytes are needed or the message is invalid.
bool WebSocketReader::read_payload(Span& bytes) {
  const auto here = bytes.first(std::min<std::uint64_t>(left_, bytes.size()));
  bytes = bytes.subspan(here.size());
  unmask(here);
  left_ -= here.size();
  const std::string_view text(here.data(), here.size());
  std::string& pieces = is_control() ? control_ : message_;
  if (left_ > 0) {
    pieces.append(text);
    return false;
  }
  in_payload_ = false;
  if (pieces.empty()) return finish_frame(text);
  pieces.append(text);
  return finish_frame(pieces);
}

/// `whole` is the payload of a control frame, or everything received of a message.
bool WebSocketReader::finish_frame(std::string_view whole) {
  if (is_control()) {
    kind_ = frame_opcode();
    payload_ = whole;
    delivered_ = true;
    if (kind_ == Opcode::close && !parse_close_payload(whole)) return fail(CloseCode::protocol_error);
    return true;
  }
  if (is_final()) return finish_message(whole);
  if (message_.empty()) message_.assign(whole);
  return true;
}

bool WebSocketReader::finish_message(std::string_view whole) {
  in_message_ = false;
  kind_ = message_kind_;
  if (compressed_) {
    auto inflated = inflate_message(whole, max_message_);
    if (inflated.outcome == Inflated::Outcome::too_big) return fail(CloseCode::message_too_big);
    if (inflated.outcome == Inflated::Outcome::malformed) return fail(CloseCode::invalid_payload);
    message_ = std::move(inflated.message);
    whole = message_;
  }
  if (kind_ == Opcode::text && !base::is_utf8(whole)) return fail(CloseCode::invalid_payload);
  payload_ = whole;
  delivered_ = true;
  return true;
}

bool WebSocketReader::fail(CloseCode code) {
  failure_ = code;
  failed_ = true;
  delivered_ = false;
  return false;
}

void WebSocketReader::unmask(Span bytes) {
  if (role_ == WebSocketRole::client) return;
  const std::uint8_t* key = head_.data() + head_size() - 4;
  std::array<std::uint8_t, sizeof(std::uint64_t)>
      keys{};  // The key twice, rotated to the position in the frame's payload.
  for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = key[(mask_at_ + i) & 3];
  std::uint64_t eight_keys = 0;
  std::memcpy(&eight_keys, keys.data(), keys.size());
  std::size_t at = 0;
  for (; at + keys.size() <= bytes.size(); at += keys.size()) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, &bytes[at], sizeof(eight));
    eight ^= eight_keys;
    std::memcpy(&bytes[at], &eight, sizeof(eight));
  }
  for (; at < bytes.size(); ++at) bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(keys[at % keys.size()]));
  mask_at_ = static_cast<std::uint8_t>((mask_at_ + bytes.size()) & 3);
}

}  // namespace guildhall::net
