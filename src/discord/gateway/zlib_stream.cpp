#define ZLIB_CONST
#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>

#include "discord/gateway/payload_stream.hpp"

namespace guildhall::discord {
namespace {

/// What Z_SYNC_FLUSH ends with.
constexpr std::string_view suffix{"\x00\x00\xFF\xFF", 4};

/// One zlib stream that never ends. A payload is whole where what has come ends with the suffix, be it in one message
/// or in several.
class ZlibStream final : public PayloadStream {
 public:
  explicit ZlibStream(std::size_t limit) : PayloadStream(limit) {
    if (::inflateInit(&stream_) != Z_OK) throw std::bad_alloc();
  }
  ~ZlibStream() override { ::inflateEnd(&stream_); }
  ZlibStream(const ZlibStream&) = delete;
  ZlibStream& operator=(const ZlibStream&) = delete;

  Outcome take(std::string_view message) override {
    if (whole_) buffer_.clear();
    whole_ = false;
    const Outcome outcome = inflate_all(message);
    if (outcome != Outcome::need_more) return outcome;
    remember_end(message);
    if (std::string_view(end_.data(), end_.size()) != suffix) return Outcome::need_more;
    whole_ = true;
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
  bool whole_ = true;
};

}  // namespace

std::unique_ptr<PayloadStream> make_zlib_stream(std::size_t limit) { return std::make_unique<ZlibStream>(limit); }

}  // namespace guildhall::discord
