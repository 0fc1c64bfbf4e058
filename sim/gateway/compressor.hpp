#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::sim {

/// Compresses the payloads of a connection (Discord: Gateway, "Encoding and Compression").
class PayloadCompressor {
 public:
  virtual ~PayloadCompressor() = default;
  /// The bytes of one binary message.
  [[nodiscard]] virtual std::string compress(std::string_view payload) = 0;
};

/// `zlib-stream` and `zstd-stream`: one stream for the whole connection, flushed after each payload and never ended.
/// nullptr for `none`; nothing for a name that is none of these.
[[nodiscard]] std::optional<std::unique_ptr<PayloadCompressor>> make_compressor(std::string_view name);

/// Each payload is a zlib stream of its own, for clients that identify with `compress`.
[[nodiscard]] std::unique_ptr<PayloadCompressor> make_single_payload_compressor();

}  // namespace guildhall::sim
