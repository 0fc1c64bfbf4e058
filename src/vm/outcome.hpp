#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::vm {

/// How a run ended.
enum class Ending : std::uint8_t {
  completed,    ///< The script came to its end.
  syntax,       ///< It does not parse.
  exception,    ///< It threw, or a promise of its was rejected and nobody cared.
  cpu,          ///< Limits::cpu
  memory,       ///< Limits::memory
  wall,         ///< Limits::wall
  calls,        ///< Limits::calls
  call_size,    ///< Limits::call_bytes
  forbidden,    ///< The process asked the kernel for something that no script can want. The kernel ended it.
  crashed,      ///< The engine ended otherwise.
  protocol,     ///< What came out of the sandbox is not what a run says.
  busy,         ///< Too much waited already; it has not begun.
  unavailable,  ///< There is no sandbox, or it is being replaced; it may have begun.
  stopped,      ///< Its caller gave it up, or the program ends.
};

/// `call_size`, in the field's terms: fit for logs, metrics and the API.
[[nodiscard]] std::string_view to_string(Ending ending);

/// A place in the script: line and column, from 1.
struct Place {
  unsigned line = 0;
  unsigned column = 0;  ///< 0 where it is not known.

  bool operator==(const Place&) const = default;
};

/// What is known of a run once it is over. Texts come from the sandbox: valid UTF-8, bounded, otherwise anything.
struct Outcome {
  Ending ending = Ending::completed;
  std::string name;     ///< Of what was thrown: `TypeError`. Empty where nothing was.
  std::string message;  ///< At most 1,000 bytes.
  std::optional<Place> place;
  std::string stack;  ///< A line for each frame, `name@line:column`; at most 4,000 bytes.
  std::chrono::microseconds cpu{0};
  std::chrono::microseconds wall{0};
  std::size_t memory = 0;  ///< The most bytes it had beyond what an empty run has.

  [[nodiscard]] bool ok() const { return ending == Ending::completed; }
};

}  // namespace guildhall::vm
