// Transport compression, with streams as Discord sends them.
#include "discord/gateway/payload_stream.hpp"

#define ZLIB_CONST
#include <gmock/gmock.h>
#include <zlib.h>
#include <zstd.h>

#include <array>
#include <numeric>

#include "base/random.hpp"

namespace guildhall::discord {
namespace {

using Outcome = PayloadStream::Outcome;

/// One zstd frame that is flushed after each payload and never ended.
class ZstdSender {
 public:
  explicit ZstdSender(int window_log = 0) {
    ::ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_windowLog, window_log);
    ::ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, 6);
  }
  std::string operator()(std::string_view payload, ZSTD_EndDirective end = ZSTD_e_flush) {
    std::string out(::ZSTD_compressBound(payload.size()) + 64, '\0');
    ZSTD_inBuffer from{payload.data(), payload.size(), 0};
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    EXPECT_EQ(::ZSTD_compressStream2(context_.get(), &to, &from, end), 0U);
    out.resize(to.pos);
    return out;
  }

 private:
  std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context_{::ZSTD_createCCtx(), ::ZSTD_freeCCtx};
};

/// One zlib stream that is flushed after each payload.
class ZlibSender {
 public:
  ZlibSender() { ::deflateInit(&stream_, 6); }
  ~ZlibSender() { ::deflateEnd(&stream_); }
  ZlibSender(const ZlibSender&) = delete;
  ZlibSender& operator=(const ZlibSender&) = delete;

  std::string operator()(std::string_view payload) {
    std::string out(payload.size() + 1000, '\0');
    stream_.next_in = reinterpret_cast<const Bytef*>(payload.data());
    stream_.avail_in = static_cast<uInt>(payload.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(::deflate(&stream_, Z_SYNC_FLUSH), Z_OK);
    out.resize(out.size() - stream_.avail_out);
    return out;
  }

 private:
  z_stream stream_{};
};

std::string noise(std::size_t size) { return base::random_hex(size / 2); }

std::vector<std::string> payloads() {
  return {R"({"op":10,"d":{"heartbeat_interval":41250}})", R"({"op":11})", std::string(300'000, 'x'), noise(100'000),
          R"({"op":11})"};
}

TEST(PayloadStream, DecodesZstdMessages) {
  ZstdSender send;
  const auto stream = PayloadStream::make(GatewayCompression::zstd_stream);
  for (const auto& payload : payloads()) {
    ASSERT_EQ(stream->decode(send(payload)), Outcome::payload);
    EXPECT_EQ(stream->payload(), payload);
  }
}

TEST(PayloadStream, AcceptsASecondZstdFrame) {
  ZstdSender send;
  const auto stream = PayloadStream::make(GatewayCompression::zstd_stream);
  ASSERT_EQ(stream->decode(send("first", ZSTD_e_end)), Outcome::payload);
  ASSERT_EQ(stream->decode(send("second")), Outcome::payload);
  EXPECT_EQ(stream->payload(), "second");
}

TEST(PayloadStream, DecodesZstdInPiecesOfAnySize) {
  ZstdSender send;
  const std::string message = send(R"({"op":10,"d":{"heartbeat_interval":41250}})");
  for (std::size_t at = 1; at < message.size(); ++at) {
    const auto stream = PayloadStream::make(GatewayCompression::zstd_stream);
    std::string text;
    for (const auto piece : {std::string_view(message).substr(0, at), std::string_view(message).substr(at)}) {
      if (stream->decode(piece) == Outcome::payload) text += stream->payload();
    }
    EXPECT_EQ(text, R"({"op":10,"d":{"heartbeat_interval":41250}})") << at;
  }
}

TEST(PayloadStream, ZlibPayloadsMaySpanMessages) {
  ZlibSender send;
  const auto stream = PayloadStream::make(GatewayCompression::zlib_stream);
  for (const auto& payload : payloads()) {
    const std::string message = send(payload);
    const auto part = message.size() / 3;
    EXPECT_EQ(stream->decode(std::string_view(message).substr(0, part)), Outcome::need_more);
    EXPECT_EQ(stream->decode(std::string_view(message).substr(part, part)), Outcome::need_more);
    ASSERT_EQ(stream->decode(std::string_view(message).substr(2 * part)), Outcome::payload);
    EXPECT_EQ(stream->payload(), payload);
  }
}

TEST(PayloadStream, DecodesZlibSplitAtEveryByte) {
  const std::string first = R"({"op":10,"d":{"heartbeat_interval":41250}})";
  ZlibSender sample;
  const auto size = sample(first).size();
  for (std::size_t at = 1; at < size; ++at) {
    ZlibSender send;
    const std::string message = send(first);
    const auto stream = PayloadStream::make(GatewayCompression::zlib_stream);
    EXPECT_EQ(stream->decode(std::string_view(message).substr(0, at)), Outcome::need_more) << at;
    ASSERT_EQ(stream->decode(std::string_view(message).substr(at)), Outcome::payload) << at;
    EXPECT_EQ(stream->payload(), first) << at;
    ASSERT_EQ(stream->decode(send("next")), Outcome::payload) << at;
    EXPECT_EQ(stream->payload(), "next") << at;
  }
}

TEST(PayloadStream, DecodesZlibByteByByte) {
  ZlibSender send;
  const auto stream = PayloadStream::make(GatewayCompression::zlib_stream);
  for (const std::string payload : {"first", "second"}) {
    const std::string message = send(payload);
    for (std::size_t i = 0; i + 1 < message.size(); ++i) {
      ASSERT_EQ(stream->decode(message.substr(i, 1)), Outcome::need_more) << i;
    }
    ASSERT_EQ(stream->decode(message.substr(message.size() - 1)), Outcome::payload);
    EXPECT_EQ(stream->payload(), payload);
  }
}

TEST(PayloadStream, WithoutCompressionAMessageIsAPayload) {
  const auto stream = PayloadStream::make(GatewayCompression::none);
  ASSERT_EQ(stream->decode("{}"), Outcome::payload);
  EXPECT_EQ(stream->payload(), "{}");
  EXPECT_EQ(stream->decode(""), Outcome::malformed);
}

TEST(PayloadStream, InvalidDataIsMalformed) {
  EXPECT_EQ(PayloadStream::make(GatewayCompression::zstd_stream)->decode("{\"op\":10}"), Outcome::malformed);
  EXPECT_EQ(PayloadStream::make(GatewayCompression::zstd_stream)->decode(""), Outcome::malformed);
  EXPECT_EQ(PayloadStream::make(GatewayCompression::zlib_stream)->decode("{\"op\":10}"), Outcome::malformed);
  ZlibSender send;
  auto message = send(noise(1000));
  message[500] = static_cast<char>(message[500] ^ 0x55);
  EXPECT_NE(PayloadStream::make(GatewayCompression::zlib_stream)->decode(message.substr(0, 2) + "\xFF" + message),
            Outcome::payload);
}

TEST(PayloadStream, PayloadsBeyondTheLimitAreRefused) {
  const std::string large(50'000, 'x');
  ZstdSender zstd;
  EXPECT_EQ(PayloadStream::make(GatewayCompression::zstd_stream, 49'999)->decode(zstd(large)), Outcome::too_big);
  ZlibSender zlib;
  EXPECT_EQ(PayloadStream::make(GatewayCompression::zlib_stream, 49'999)->decode(zlib(large)), Outcome::too_big);
  EXPECT_EQ(PayloadStream::make(GatewayCompression::none, 49'999)->decode(large), Outcome::too_big);
  EXPECT_EQ(PayloadStream::make(GatewayCompression::none, 50'000)->decode(large), Outcome::payload);
}

TEST(PayloadStream, TooLargeWindowsAreRefused) {
  ZstdSender modest(23);
  EXPECT_EQ(PayloadStream::make(GatewayCompression::zstd_stream)->decode(modest("{}")), Outcome::payload);
  ZstdSender greedy(24);
  EXPECT_EQ(PayloadStream::make(GatewayCompression::zstd_stream)->decode(greedy("{}")), Outcome::malformed);
}

TEST(PayloadStream, MemoryOfALargePayloadIsReleased) {
  const auto stream = PayloadStream::make(GatewayCompression::none);
  ASSERT_EQ(stream->decode(std::string(5'000'000, 'x')), Outcome::payload);
  EXPECT_GE(stream->buffer_capacity(), 5'000'000U);
  for (int i = 0; i < 2; ++i) ASSERT_EQ(stream->decode("small"), Outcome::payload);
  EXPECT_LE(stream->buffer_capacity(), PayloadBuffer::kept_capacity);
}

TEST(PayloadStream, PaddingFollowsEachPayload) {
  const auto stream = PayloadStream::make(GatewayCompression::none);
  for (const std::size_t size : {1U, 16U * 1024, 16U * 1024 + 1, 300'000U}) {
    ASSERT_EQ(stream->decode(std::string(size, 'x')), Outcome::payload);
    const auto payload = stream->payload();
    const char* end = payload.data() + payload.size();
    EXPECT_GE(std::accumulate(end, end + PayloadBuffer::padding, 100'000), 0) << "the address sanitizer would object";
  }
}

}  // namespace
}  // namespace guildhall::discord
