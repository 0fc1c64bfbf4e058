#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "net/websocket_frame.hpp"

namespace guildhall::net {

/// Our side of a WebSocket: clients mask their frames, servers do not (RFC 6455 section 5.1).
enum class WebSocketRole : std::uint8_t { server, client };

/// What a WebSocket accepts from its peer.
struct WebSocketRules {
  WebSocketRole role = WebSocketRole::server;
  std::size_t max_message = 1024 * 1024;  ///< In bytes: all fragments together, also after inflating.
  bool deflate = false;                   ///< permessage-deflate was agreed on.
};

/// Parses a peer's bytes into messages (RFC 6455 section 5) without I/O. A message that arrives in one piece is not
/// copied, and between messages the reader holds no memory.
class WebSocketReader {
 public:
  enum class Outcome : std::uint8_t {
    need_more,  ///< All bytes have been used.
    message,    ///< `kind` and `payload` are a whole message or a control frame.
    failed,     ///< The peer violated the protocol, see `failure`; the connection must be closed.
  };

  explicit WebSocketReader(const WebSocketRules& rules)
      : max_message_(rules.max_message), role_(rules.role), deflate_(rules.deflate) {}

  /// Changes the limit of a message, in bytes, from the next frame on.
  void set_max_message(std::size_t bytes) { max_message_ = bytes; }

  /// Takes bytes off the front of `bytes` and unmasks them in place.
  [[nodiscard]] Outcome next(std::span<char>& bytes);

  /// Opcode::text (valid UTF-8), binary, ping, pong or close (with a payload that parse_close_payload accepts).
  [[nodiscard]] Opcode kind() const { return kind_; }
  /// Valid until the next call of `next`, and no longer than the bytes given to it.
  [[nodiscard]] std::string_view payload() const { return payload_; }

  [[nodiscard]] CloseCode failure() const { return failure_; }

 private:
  using Span = std::span<char>;

  bool read_head(Span& bytes);
  bool accept_head();
  [[nodiscard]] std::size_t head_size() const;
  bool read_payload(Span& bytes);
  bool finish_frame(std::string_view whole);
  bool finish_message(std::string_view whole);
  bool fail(CloseCode code);
  void unmask(Span bytes);
  void forget_delivered();

  [[nodiscard]] Opcode frame_opcode() const { return static_cast<Opcode>(head_[0] & 0x0F); }
  [[nodiscard]] bool is_control() const { return (head_[0] & 0x08) != 0; }
  [[nodiscard]] bool is_final() const { return (head_[0] & 0x80) != 0; }

  std::size_t max_message_;
  std::uint64_t left_ = 0;  ///< Missing bytes of the frame's payload.
  std::string message_;     ///< The payload of fragments, or of a frame in several pieces.
  std::string control_;     ///< The payload of a control frame in several pieces.
  std::string_view payload_;
  CloseCode failure_ = CloseCode::protocol_error;
  std::array<std::uint8_t, 14> head_{};
  std::uint8_t head_have_ = 0;
  std::uint8_t mask_at_ = 0;
  WebSocketRole role_;
  bool deflate_;
  bool in_payload_ = false;
  bool in_message_ = false;  ///< The first fragment of a message has arrived, the last has not.
  bool compressed_ = false;
  bool delivered_ = false;
  bool failed_ = false;
  Opcode message_kind_ = Opcode::text;
  Opcode kind_ = Opcode::text;
};

}  // namespace guildhall::net
