#include "sim/gateway/compressor.hpp"

#include <zlib.h>
#include <zstd.h>

#include <array>
#include <new>
#include <stdexcept>

namespace guildhall::sim {
namespace {

/// Filled and taken as often as a payload needs.
using Piece = std::array<char, 16 * 1024>;

class ZlibStream final : public PayloadCompressor {
 public:
  /// Z_SYNC_FLUSH for a stream that goes on, Z_FINISH for payloads that stand alone.
  explicit ZlibStream(int flush) : flush_(flush) {
    if (::deflateInit(&stream_, Z_DEFAULT_COMPRESSION) != Z_OK) throw std::bad_alloc();
  }
  ~ZlibStream() override { ::deflateEnd(&stream_); }
  ZlibStream(const ZlibStream&) = delete;
  ZlibStream& operator=(const ZlibStream&) = delete;

  std::string compress(std::string_view payload) override {
    std::string out;
    // zlib's interface wants bytes that it does not change to be changeable.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(payload.data()));
    stream_.avail_in = static_cast<uInt>(payload.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(space_.data());
      stream_.avail_out = static_cast<uInt>(space_.size());
      (void)::deflate(&stream_, flush_);
      out.append(space_.data(), space_.size() - stream_.avail_out);
    } while (stream_.avail_out == 0);
    if (flush_ == Z_FINISH) ::deflateReset(&stream_);
    return out;
  }

 private:
  z_stream stream_{};
  Piece space_{};
  int flush_;
};

class ZstdStream final : public PayloadCompressor {
 public:
  ZstdStream() : stream_(::ZSTD_createCStream(), &::ZSTD_freeCStream) {
    if (!stream_) throw std::bad_alloc();
  }

  std::string compress(std::string_view payload) override {
    std::string out;
    ZSTD_inBuffer in{payload.data(), payload.size(), 0};
    std::size_t left = 0;
    do {
      ZSTD_outBuffer taken{space_.data(), space_.size(), 0};
      left = ::ZSTD_compressStream2(stream_.get(), &taken, &in, ZSTD_e_flush);
      if (::ZSTD_isError(left) != 0) throw std::runtime_error("zstd cannot compress a payload");
      out.append(space_.data(), taken.pos);
    } while (left > 0);
    return out;
  }

 private:
  std::unique_ptr<ZSTD_CStream, std::size_t (*)(ZSTD_CStream*)> stream_;
  Piece space_{};
};

}  // namespace

std::optional<std::unique_ptr<PayloadCompressor>> make_compressor(std::string_view name) {
  if (name == "none") return nullptr;
  if (name == "zlib-stream") return std::make_unique<ZlibStream>(Z_SYNC_FLUSH);
  if (name == "zstd-stream") return std::make_unique<ZstdStream>();
  return std::nullopt;
}

std::unique_ptr<PayloadCompressor> make_single_payload_compressor() { return std::make_unique<ZlibStream>(Z_FINISH); }

}  // namespace guildhall::sim
