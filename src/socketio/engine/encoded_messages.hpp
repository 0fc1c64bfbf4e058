#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::socketio::engine {

/// A binary message without a text before it.
struct BinaryMessage {
  std::string_view bytes;
};

/// Messages that are sent together: one text, or a text and the binary attachments that must follow it directly.
/// Encoded once and shared by all receivers. Immutable; any thread may use it.
class EncodedMessages {
 public:
  explicit EncodedMessages(std::string_view text, const std::vector<std::string>& attachments = {});
  explicit EncodedMessages(BinaryMessage message);

  /// The number of packets.
  [[nodiscard]] std::size_t packets() const { return packets_; }

  /// Engine.IO `message` packets as a server's WebSocket frames (RFC 6455 section 5.2), ready to be written.
  [[nodiscard]] std::string_view frames() const { return frames_; }

  /// The same for a WebSocket with permessage-deflate: large messages are compressed. Made on first use.
  [[nodiscard]] std::string_view deflated_frames() const;

  /// The same as part of a long-polling payload: packets joined by U+001E, binary ones as `b` and base64. Made on first
  /// use.
  [[nodiscard]] std::string_view payload() const;

 private:
  std::string frames_;
  std::size_t packets_ = 1;
  mutable std::once_flag payload_made_;
  mutable std::once_flag deflated_made_;
  mutable std::string payload_;
  mutable std::string deflated_;
};

}  // namespace guildhall::socketio::engine
