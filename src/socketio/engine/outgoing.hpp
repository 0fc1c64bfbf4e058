#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::socketio::engine {

/// A message that is no text.
struct BinaryMessage {
  std::string_view bytes;
};

/// Messages that leave together: one text, or a text and the binary attachments that follow it, which nothing may come
/// between. It is encoded once for all its receivers and shared by them. Immutable; any thread may use it.
class Outgoing {
 public:
  explicit Outgoing(std::string_view text, const std::vector<std::string>& attachments = {});
  explicit Outgoing(BinaryMessage message);

  /// Engine.IO `message` packets as WebSocket frames of a server (RFC 6455 section 5.2): what goes to the socket as it
  /// is.
  [[nodiscard]] std::string_view frames() const { return frames_; }

  /// The same for a WebSocket with permessage-deflate, compressed where that is worth it. Made when it is first asked
  /// for.
  [[nodiscard]] std::string_view deflated_frames() const;

  /// The same as a part of a long-polling payload: packets joined by U+001E, binary ones as `b` and base64. Made when
  /// it is first asked for.
  [[nodiscard]] std::string_view payload() const;

 private:
  std::string frames_;
  mutable std::once_flag payload_made_;
  mutable std::once_flag deflated_made_;
  mutable std::string payload_;
  mutable std::string deflated_;
};

}  // namespace guildhall::socketio::engine
