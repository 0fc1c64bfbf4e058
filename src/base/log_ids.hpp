#pragma once

#include <cstdint>

#include "base/clock.hpp"

namespace guildhall::base {

/// Numbers for log records: they rise with time, those of one process strictly. Milliseconds since 2025 times 4096, and
/// from there on; where a millisecond begins is left to chance, so that two processes seldom have the same. Below 2^53
/// until the year 2094: exact as a number of JSON. One thread at a time.
class LogIds {
 public:
  /// The number for a record made at `now`. Higher than the one before, whatever the clock does.
  [[nodiscard]] std::uint64_t next(Timestamp now);

  /// What no record made at `time` or later is below, as far as the clock has run straight.
  [[nodiscard]] static std::uint64_t first(Timestamp time);

 private:
  std::uint64_t last_ = 0;
};

}  // namespace guildhall::base
