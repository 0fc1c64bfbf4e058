#pragma once

#include <atomic>
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

  /// The bytes of all messages that exist, because they wait to be read or may be asked for again.
  [[nodiscard]] static std::size_t all_bytes() { return CountedBytes::all(); }

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
  /// Counts bytes while it exists, for itself and for all others. Any thread may call.
  class CountedBytes {
   public:
    CountedBytes() = default;
    CountedBytes(const CountedBytes&) = delete;
    CountedBytes& operator=(const CountedBytes&) = delete;
    ~CountedBytes() { all_ -= own_; }

    void add(std::size_t bytes) {
      own_ += bytes;
      all_ += bytes;
    }
    [[nodiscard]] static std::size_t all() { return all_; }

   private:
    inline static std::atomic<std::size_t> all_{0};
    std::atomic<std::size_t> own_{0};
  };

  std::string frames_;
  std::size_t packets_ = 1;
  mutable std::once_flag payload_made_;
  mutable std::once_flag deflated_made_;
  mutable std::string payload_;
  mutable std::string deflated_;
  mutable CountedBytes bytes_;
};

}  // namespace guildhall::socketio::engine
