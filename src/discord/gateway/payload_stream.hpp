#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "discord/gateway/compression.hpp"
#include "discord/gateway/payload_buffer.hpp"

namespace guildhall::discord {

/// Turns the messages of one connection to the gateway into payloads: undoes the transport compression, whose state
/// lives as long as the connection (Discord: Gateway, Transport Compression). No I/O.
class PayloadStream {
 public:
  enum class Outcome : std::uint8_t {
    payload,    ///< `payload` is whole.
    need_more,  ///< The payload goes on in the next message.
    malformed,  ///< Nothing that follows can be understood.
    too_big,    ///< Nor here.
  };

  /// A payload of more bytes is not taken: Discord's largest, the GUILD_CREATE of a very large guild, has a few
  /// million.
  static constexpr std::size_t max_payload = 64 * 1024 * 1024;

  /// `limit`: bytes of a payload, decompressed.
  [[nodiscard]] static std::unique_ptr<PayloadStream> make(GatewayCompression compression,
                                                           std::size_t limit = max_payload);
  virtual ~PayloadStream() = default;

  /// The next message of the WebSocket.
  [[nodiscard]] virtual Outcome take(std::string_view message) = 0;

  /// Valid until the next `take`; PayloadBuffer::padding readable bytes follow.
  [[nodiscard]] std::string_view payload() const { return buffer_.text(); }
  /// Bytes of memory that the payload takes or could take.
  [[nodiscard]] std::size_t buffer_capacity() const { return buffer_.capacity(); }

 protected:
  explicit PayloadStream(std::size_t limit) : limit_(limit) {}

  PayloadBuffer buffer_;
  const std::size_t limit_;
};

/// For PayloadStream::make.
[[nodiscard]] std::unique_ptr<PayloadStream> make_zstd_stream(std::size_t limit);
[[nodiscard]] std::unique_ptr<PayloadStream> make_zlib_stream(std::size_t limit);

}  // namespace guildhall::discord
