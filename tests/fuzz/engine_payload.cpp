// The payload of a long-polling POST: what was read can be written, and is then read as the same.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/encoding.hpp"
#include "socketio/engine/packet.hpp"
#include "tests/fuzz/require.hpp"

namespace guildhall::fuzz {
namespace {

namespace engine = socketio::engine;
using Outcome = engine::PayloadReader::Outcome;

struct Reading {
  std::string payload;  ///< Written anew from what was read.
  Outcome last = Outcome::end;
};

Reading read(std::string_view payload) {
  Reading reading;
  engine::PayloadReader reader(payload);
  std::size_t packets = 0;
  for (;;) {
    reading.last = reader.next();
    if (reading.last == Outcome::end || reading.last == Outcome::failed) return reading;
    require(++packets <= payload.size());
    if (!reading.payload.empty()) reading.payload.push_back(engine::record_separator);
    if (reading.last == Outcome::binary) {
      reading.payload.push_back(engine::binary_prefix);
      base::append_base64(reading.payload, reader.binary());
    } else {
      const auto packet = reader.packet();
      require(packet.data.find(engine::record_separator) == std::string_view::npos);
      reading.payload += engine::encode_packet(packet.type, packet.data);
    }
  }
}

}  // namespace
}  // namespace guildhall::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guildhall::fuzz;
  const auto first = read({reinterpret_cast<const char*>(data), size});
  if (first.payload.empty()) return 0;
  const auto second = read(first.payload);
  require(second.last == Outcome::end);
  require(second.payload == first.payload);
  return 0;
}
