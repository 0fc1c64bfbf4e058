// Frames of a script's process: they are read the same in whatever pieces they arrive, and keep to the limits.
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/utf8.hpp"
#include "tests/fuzz/require.hpp"
#include "vm/guest_reader.hpp"

namespace guildhall::fuzz {
namespace {

using vm::Ending;
using vm::GuestCall;
using vm::GuestEnd;
using vm::GuestIdle;
using vm::GuestLine;

constexpr vm::ScriptLimits limits{.calls = 2, .call_size = 300, .console_lines = 2, .console_line_size = 20};

struct Reading {
  std::string told;  ///< All that was read.
  std::uint32_t calls = 0;
  unsigned lines = 0;
  bool ended = false;
  std::optional<Ending> fault;

  bool operator==(const Reading&) const = default;
};

void take(Reading& reading, const GuestCall& message) {
  require(message.number == ++reading.calls && reading.calls <= limits.calls);
  reading.told += vm::to_string(message.call.method);
  reading.told += boost::json::serialize(message.call.arguments);
}

void take(Reading& reading, const GuestLine& message) {
  require(++reading.lines <= limits.console_lines);
  require(message.text.size() <= limits.console_line_size && base::is_utf8(message.text));
  reading.told += to_string(message.level);
  reading.told += message.text;
}

void take(Reading& reading, const GuestIdle& message) {
  require(message.memory <= limits.memory);
  require(!message.wait || message.wait->count() > 0);
  require(!message.cpu || (message.cpu->count() > 0 && *message.cpu <= limits.cpu));
  reading.told += "idle";
}

void take(Reading& reading, const GuestEnd& message) {
  const auto& outcome = message.outcome;
  require(outcome.name.size() <= 100 && outcome.message.size() <= 1'000 && outcome.stack.size() <= 4'000);
  require(base::is_utf8(outcome.name) && base::is_utf8(outcome.message) && base::is_utf8(outcome.stack));
  require(!outcome.position || outcome.position->line > 0);
  reading.ended = true;
  reading.told += to_string(outcome.ending);
  reading.told += outcome.message;
}

/// The result of a reader that gets `input` in pieces of that size.
Reading read(std::string_view input, std::size_t piece) {
  Reading reading;
  vm::GuestReader reader(limits);
  while (!input.empty()) {
    reader.append(input.substr(0, piece));
    input.remove_prefix(std::min(piece, input.size()));
    while (const auto message = reader.next()) {
      require(!reading.ended && !reader.fault());
      std::visit([&](const auto& each) { take(reading, each); }, *message);
    }
  }
  if (const auto& fault = reader.fault()) {
    require(!reading.ended);
    reading.fault = fault->ending;
    require(fault->ending == Ending::protocol || fault->ending == Ending::calls || fault->ending == Ending::call_size);
  }
  return reading;
}

}  // namespace
}  // namespace guildhall::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guildhall::fuzz;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const Reading whole = read(input, size + 1);
  require(read(input, 1) == whole);
  require(read(input, 7) == whole);
  return 0;
}
