#include "sim/gateway/compressor.hpp"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <array>
#include <random>

namespace guildhall::sim {
namespace {

/// Payloads of all sizes, one of them bigger than a compressor's buffers and hard to compress.
std::vector<std::string> payloads() {
  std::mt19937 random(1);
  std::string noise;
  while (noise.size() < 300'000) noise += static_cast<char>('0' + random() % 64);
  return {R"({"op":10})", noise, "", R"({"op":11})", noise};
}

/// Reads all that a piece of an unended zstd frame says.
std::string read_zstd(ZSTD_DStream* stream, std::string_view bytes) {
  std::string text;
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  std::array<char, 1000> space{};
  for (bool full = true; full || in.pos < in.size;) {
    ZSTD_outBuffer out{space.data(), space.size(), 0};
    const auto result = ZSTD_decompressStream(stream, &out, &in);
    EXPECT_FALSE(ZSTD_isError(result));
    EXPECT_NE(result, 0U) << "the frame never ends";
    text.append(space.data(), out.pos);
    full = out.pos == space.size();
  }
  return text;
}

std::string read_zlib(z_stream& stream, const std::string& bytes, int expected) {
  std::string text;
  std::array<char, 1000> space{};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  int result = Z_OK;
  do {
    stream.next_out = reinterpret_cast<Bytef*>(space.data());
    stream.avail_out = static_cast<uInt>(space.size());
    result = ::inflate(&stream, Z_SYNC_FLUSH);
    text.append(space.data(), space.size() - stream.avail_out);
  } while (stream.avail_out == 0 || (stream.avail_in > 0 && result == Z_OK));
  // Nothing more to read than was read before.
  EXPECT_TRUE(result == expected || result == Z_BUF_ERROR) << result;
  return text;
}

TEST(PayloadCompressor, ZstdIsOneFrameWhosePiecesAreWholePayloads) {
  const auto compressor = *make_compressor("zstd-stream");
  auto* reader = ZSTD_createDStream();
  for (const auto& payload : payloads()) {
    if (payload.empty()) continue;
    EXPECT_EQ(read_zstd(reader, compressor->compress(payload)), payload);
  }
  ZSTD_freeDStream(reader);
}

TEST(PayloadCompressor, ZlibIsOneStreamAndEachPieceEndsWithTheFlushMarker) {
  const auto compressor = *make_compressor("zlib-stream");
  z_stream reader{};
  ASSERT_EQ(::inflateInit(&reader), Z_OK);
  for (const auto& payload : payloads()) {
    if (payload.empty()) continue;
    const std::string bytes = compressor->compress(payload);
    EXPECT_TRUE(bytes.ends_with(std::string_view("\x00\x00\xff\xff", 4)));
    EXPECT_EQ(read_zlib(reader, bytes, Z_OK), payload);
  }
  ::inflateEnd(&reader);
}

TEST(PayloadCompressor, ASinglePayloadIsAStreamByItself) {
  const auto compressor = make_single_payload_compressor();
  for (const auto& payload : payloads()) {
    z_stream reader{};
    ASSERT_EQ(::inflateInit(&reader), Z_OK);
    EXPECT_EQ(read_zlib(reader, compressor->compress(payload), Z_STREAM_END), payload);
    ::inflateEnd(&reader);
  }
}

TEST(PayloadCompressor, KnowsThreeNames) {
  EXPECT_EQ(make_compressor("none")->get(), nullptr);
  EXPECT_FALSE(make_compressor("brotli-stream"));
}

}  // namespace
}  // namespace guildhall::sim
