// Messages of Discord's gateway, in each compression: no payload is larger than allowed, a whole payload is read the
// same twice, its parts lie within it, and a zlib stream is decompressed the same in whatever pieces it arrives.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "discord/gateway/payload.hpp"
#include "discord/gateway/payload_stream.hpp"
#include "tests/fuzz/require.hpp"

namespace guildhall::fuzz {
namespace {

using discord::GatewayCompression;
using discord::Payload;
using discord::PayloadReader;
using discord::PayloadStream;
using Outcome = PayloadStream::Outcome;

constexpr std::size_t limit = 64 * 1024;

bool lies_within(std::string_view part, std::string_view whole) {
  return part.empty() || part == "null" ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void check(PayloadReader& reader, std::string_view text) {
  require(text.size() <= limit);
  const auto payload = reader.read(text);
  if (!payload) return;
  require(lies_within(payload->name, text) && lies_within(payload->data, text));
  const Payload first = *payload;
  const auto again = reader.read(text);
  require(again && again->opcode == first.opcode && again->sequence == first.sequence && again->name == first.name &&
          again->data == first.data);
  static_cast<void>(reader.read_hello(first.data));
  const auto ready = reader.read_ready(first.data);
  require(!ready || !ready->session_id.empty());
}

/// The payloads of a stream that arrives in messages of that size, up to the first malformed one.
std::string payloads(GatewayCompression compression, std::string_view input, std::size_t piece) {
  static PayloadReader reader;
  std::string all;
  const auto stream = PayloadStream::make(compression, limit);
  for (std::size_t at = 0; at < input.size(); at += piece) {
    const Outcome outcome = stream->decode(input.substr(at, piece));
    if (outcome == Outcome::need_more) continue;
    if (outcome != Outcome::payload) break;
    check(reader, stream->payload());
    all += stream->payload();
  }
  return all;
}

}  // namespace
}  // namespace guildhall::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guildhall::fuzz;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  payloads(GatewayCompression::none, input, size + 1);
  payloads(GatewayCompression::zstd_stream, input, size + 1);
  payloads(GatewayCompression::zstd_stream, input, 7);
  // Each payload ends with a flush, and a message may have several. An empty one ends the second reading early.
  const std::string whole = payloads(GatewayCompression::zlib_stream, input, size + 1);
  require(whole.empty() || whole.starts_with(payloads(GatewayCompression::zlib_stream, input, 1)));
  return 0;
}
