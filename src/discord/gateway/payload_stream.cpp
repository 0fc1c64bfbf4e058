#define ZLIB_CONST
#include "discord/gateway/payload_stream.hpp"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <utility>

namespace guildhall::discord {
namespace {

constexpr std::size_t initial_capacity = 16 * 1024;

/// The end of each payload: Z_SYNC_FLUSH writes it.
constexpr std::string_view suffix{"\x00\x00\xFF\xFF", 4};

/// One endless zlib stream. A payload, in one or several messages, is complete when the data ends with the suffix.
class ZlibStream final : public PayloadStream {
 public:
  explicit ZlibStream(std::size_t limit) : PayloadStream(limit) {
    if (::inflateInit(&stream_) != Z_OK) throw std::bad_alloc();
  }
  ~ZlibStream() override { ::inflateEnd(&stream_); }
  ZlibStream(const ZlibStream&) = delete;
  ZlibStream& operator=(const ZlibStream&) = delete;

  Outcome decode(std::string_view message) override {
    if (complete_) buffer_.clear();
    complete_ = false;
    const Outcome outcome = inflate_all(message);
    if (outcome != Outcome::need_more) return outcome;
    remember_end(message);
    if (std::string_view(end_.data(), end_.size()) != suffix) return Outcome::need_more;
    complete_ = true;
    return payload().empty() ? Outcome::malformed : Outcome::payload;
  }

 private:
  Outcome inflate_all(std::string_view message) {
    stream_.next_in = reinterpret_cast<const Bytef*>(message.data());
    stream_.avail_in = static_cast<uInt>(message.size());
    for (;;) {
      const auto space = buffer_.prepare(limit_);
      if (space.empty()) return Outcome::too_big;
      stream_.next_out = reinterpret_cast<Bytef*>(space.data());
      stream_.avail_out = static_cast<uInt>(space.size());
      const int result = ::inflate(&stream_, Z_SYNC_FLUSH);
      buffer_.commit(space.size() - stream_.avail_out);
      if (result != Z_OK && result != Z_BUF_ERROR) return Outcome::malformed;
      if (stream_.avail_in == 0 && stream_.avail_out > 0) return Outcome::need_more;
    }
  }

  void remember_end(std::string_view message) {
    for (const char byte : message.substr(message.size() - std::min(message.size(), end_.size()))) {
      std::copy(end_.begin() + 1, end_.end(), end_.begin());
      end_.back() = byte;
    }
  }

  z_stream stream_{};
  std::array<char, suffix.size()> end_{};
  bool complete_ = true;
};

/// 8 MiB, which RFC 8878 section 3.1.1.1.2 recommends to support.
constexpr int max_window_log = 23;

struct Release {
  void operator()(ZSTD_DStream* stream) const { ::ZSTD_freeDStream(stream); }
};

/// One endless frame; each message is flushed and is a payload.
class ZstdStream final : public PayloadStream {
 public:
  explicit ZstdStream(std::size_t limit) : PayloadStream(limit), stream_(::ZSTD_createDStream()) {
    if (!stream_) throw std::bad_alloc();
    ::ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, max_window_log);
  }

  Outcome decode(std::string_view message) override {
    buffer_.clear();
    ZSTD_inBuffer in{message.data(), message.size(), 0};
    for (;;) {
      const auto space = buffer_.prepare(limit_);
      if (space.empty()) return Outcome::too_big;
      ZSTD_outBuffer out{space.data(), space.size(), 0};
      if (::ZSTD_isError(::ZSTD_decompressStream(stream_.get(), &out, &in)) != 0) return Outcome::malformed;
      buffer_.commit(out.pos);
      // Unused space means that all output has been flushed.
      if (in.pos == in.size && out.pos < out.size) break;
    }
    return payload().empty() ? Outcome::malformed : Outcome::payload;
  }

 private:
  std::unique_ptr<ZSTD_DStream, Release> stream_;
};

/// Each message is a payload. It is copied, because no padding follows it.
class PlainStream final : public PayloadStream {
 public:
  explicit PlainStream(std::size_t limit) : PayloadStream(limit) {}

  Outcome decode(std::string_view message) override {
    buffer_.clear();
    if (message.empty()) return Outcome::malformed;
    return buffer_.append(message, limit_) ? Outcome::payload : Outcome::too_big;
  }
};

}  // namespace

void PayloadBuffer::clear() {
  // A payload that filled most of the buffer may be followed by others of its size.
  if (capacity_ > kept_capacity && size_ < capacity_ / 4) {
    space_.reset();
    capacity_ = 0;
  }
  size_ = 0;
}

std::span<char> PayloadBuffer::prepare(std::size_t limit) {
  if (size_ >= limit) return {};
  if (size_ == capacity_) grow(std::min(limit, std::max(initial_capacity, capacity_ * 2)));
  return {space_.get() + size_, std::min(capacity_, limit) - size_};
}

bool PayloadBuffer::append(std::string_view bytes, std::size_t limit) {
  if (bytes.size() > limit - size_) return false;
  const std::size_t needed = size_ + bytes.size();
  if (needed > capacity_) grow(std::min(limit, std::max({initial_capacity, capacity_ * 2, needed})));
  std::copy(bytes.begin(), bytes.end(), space_.get() + size_);
  size_ = needed;
  return true;
}

void PayloadBuffer::grow(std::size_t capacity) {
  auto space = std::make_unique_for_overwrite<char[]>(capacity + padding);
  if (size_ > 0) std::memcpy(space.get(), space_.get(), size_);
  std::memset(space.get() + capacity, 0, padding);
  space_ = std::move(space);
  capacity_ = capacity;
}

std::unique_ptr<PayloadStream> PayloadStream::make(GatewayCompression compression, std::size_t limit) {
  switch (compression) {
    case GatewayCompression::zstd_stream: return std::make_unique<ZstdStream>(limit);
    case GatewayCompression::zlib_stream: return std::make_unique<ZlibStream>(limit);
    case GatewayCompression::none: break;
  }
  return std::make_unique<PlainStream>(limit);
}

}  // namespace guildhall::discord
