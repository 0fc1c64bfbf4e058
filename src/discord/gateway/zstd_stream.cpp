#include <zstd.h>

#include <new>

#include "discord/gateway/payload_stream.hpp"

namespace guildhall::discord {
namespace {

/// The largest window that a sender may ask us to keep: 8 MiB, which RFC 8878 section 3.1.1.1.2 recommends to support.
constexpr int max_window_log = 23;

struct Release {
  void operator()(ZSTD_DStream* stream) const { ::ZSTD_freeDStream(stream); }
};

/// One frame that never ends; each message is flushed, and is a payload.
class ZstdStream final : public PayloadStream {
 public:
  explicit ZstdStream(std::size_t limit) : PayloadStream(limit), stream_(::ZSTD_createDStream()) {
    if (!stream_) throw std::bad_alloc();
    ::ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, max_window_log);
  }

  Outcome take(std::string_view message) override {
    buffer_.clear();
    ZSTD_inBuffer in{message.data(), message.size(), 0};
    for (;;) {
      const auto space = buffer_.prepare(limit_);
      if (space.empty()) return Outcome::too_big;
      ZSTD_outBuffer out{space.data(), space.size(), 0};
      if (::ZSTD_isError(::ZSTD_decompressStream(stream_.get(), &out, &in)) != 0) return Outcome::malformed;
      buffer_.commit(out.pos);
      // Room that is left means that all there was has been flushed.
      if (in.pos == in.size && out.pos < out.size) break;
    }
    return payload().empty() ? Outcome::malformed : Outcome::payload;
  }

 private:
  std::unique_ptr<ZSTD_DStream, Release> stream_;
};

}  // namespace

std::unique_ptr<PayloadStream> make_zstd_stream(std::size_t limit) { return std::make_unique<ZstdStream>(limit); }

}  // namespace guildhall::discord
