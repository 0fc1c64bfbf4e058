#pragma once

#include <chrono>
#include <cstddef>

namespace guildhall::vm {

/// What one run of a script may use. A run that wants more is ended.
struct Limits {
  std::chrono::milliseconds cpu{100};         ///< Processor time.
  std::size_t memory = 64U << 20;             ///< Bytes beyond what an empty run has.
  std::chrono::milliseconds wall{5000};       ///< From the start of the run.
  unsigned calls = 20;                        ///< Of interaction's methods.
  std::size_t call_bytes = 64U << 10;         ///< JSON of one call.
  unsigned console_lines = 100;               ///< What is written beyond that is not kept, and ends nothing.
  std::size_t console_line_bytes = 2U << 10;  ///< A longer line is cut.

  bool operator==(const Limits&) const = default;
};

}  // namespace guildhall::vm
