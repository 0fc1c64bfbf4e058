#pragma once

#include <cstdint>

#include "base/clock.hpp"

namespace guildhall::base {

/// Ids of log records. They increase with time, strictly within a process: milliseconds since 2025 times 4096, plus a
/// random start within each millisecond, so that two processes seldom use the same. Below 2^53 until the year 2094, so
/// that they are exact numbers in JSON. For one thread at a time.
class LogIds {
 public:
  /// The id of a record made at `now`. Higher than the previous one, even if the clock goes backwards.
  [[nodiscard]] std::uint64_t next(Timestamp now);

  /// The lower bound of the ids of records made at `time` or later, provided that the clock did not go backwards.
  [[nodiscard]] static std::uint64_t first(Timestamp time);

 private:
  std::uint64_t last_ = 0;
};

}  // namespace guildhall::base
