#include "discord/gateway/payload_stream.hpp"

namespace guildhall::discord {
namespace {

/// Each message is a payload. It is copied, as behind it there is no padding.
class PlainStream final : public PayloadStream {
 public:
  explicit PlainStream(std::size_t limit) : PayloadStream(limit) {}

  Outcome take(std::string_view message) override {
    buffer_.clear();
    if (message.empty()) return Outcome::malformed;
    return buffer_.append(message, limit_) ? Outcome::payload : Outcome::too_big;
  }
};

}  // namespace

std::unique_ptr<PayloadStream> PayloadStream::make(GatewayCompression compression, std::size_t limit) {
  switch (compression) {
    case GatewayCompression::zstd_stream: return make_zstd_stream(limit);
    case GatewayCompression::zlib_stream: return make_zlib_stream(limit);
    case GatewayCompression::none: break;
  }
  return std::make_unique<PlainStream>(limit);
}

}  // namespace guildhall::discord
