#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "discord/gateway/options.hpp"

namespace guildhall::discord {

/// Holds one payload after the other. At least `padding` readable bytes follow it, as simdjson requires. Memory is
/// reused, and released some time after a large payload.
class PayloadBuffer {
 public:
  static constexpr std::size_t padding = 64;
  /// Capacity that is never released.
  static constexpr std::size_t kept_capacity = 256 * 1024;

  /// Begins a new payload.
  void clear();
  /// Space for at least one more byte; empty if the payload has `limit` bytes already.
  [[nodiscard]] std::span<char> prepare(std::size_t limit);
  /// That many bytes of the prepared space are used.
  void commit(std::size_t bytes) { size_ += bytes; }
  /// False if the payload would exceed `limit` bytes.
  [[nodiscard]] bool append(std::string_view bytes, std::size_t limit);

  [[nodiscard]] std::string_view text() const { return {space_.get(), size_}; }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }

 private:
  void grow(std::size_t capacity);

  std::unique_ptr<char[]> space_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;  ///< Without the padding.
};

/// Decodes the messages of one gateway connection into payloads. The compression's state lives as long as the
/// connection (Discord: Gateway, Transport Compression). No I/O.
class PayloadStream {
 public:
  enum class Outcome : std::uint8_t {
    payload,    ///< `payload` is complete.
    need_more,  ///< The payload continues in the next message.
    malformed,  ///< The stream cannot be decoded any further.
    too_big,    ///< The same, because the payload exceeds the limit.
  };

  /// Bytes. Discord's largest payload, the GUILD_CREATE of a very large guild, has a few million.
  static constexpr std::size_t max_payload = 64 * 1024 * 1024;

  /// `limit`: decompressed bytes of a payload.
  [[nodiscard]] static std::unique_ptr<PayloadStream> make(GatewayCompression compression,
                                                           std::size_t limit = max_payload);
  virtual ~PayloadStream() = default;

  /// Decodes the next message of the WebSocket.
  [[nodiscard]] virtual Outcome decode(std::string_view message) = 0;

  /// Valid until the next `decode`; PayloadBuffer::padding readable bytes follow.
  [[nodiscard]] std::string_view payload() const { return buffer_.text(); }
  /// Bytes of memory that the buffer occupies.
  [[nodiscard]] std::size_t buffer_capacity() const { return buffer_.capacity(); }

 protected:
  explicit PayloadStream(std::size_t limit) : limit_(limit) {}

  PayloadBuffer buffer_;
  const std::size_t limit_;
};

}  // namespace guildhall::discord
