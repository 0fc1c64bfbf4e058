#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace guildhall::sim {

/// How long a bot takes to answer messages that are numbered from 0: from when each was sent until its first answer
/// came. Remembers the last 65,536 messages and the first million answers. Used by one thread at a time.
class AnswerTimes {
 public:
  using Time = std::chrono::steady_clock::time_point;

  struct Summary {
    std::size_t answered = 0;
    std::chrono::microseconds median{0};
    std::chrono::microseconds of_99_in_100{0};  ///< So many took no longer.
    std::chrono::microseconds longest{0};
  };

  /// The message that follows those before.
  void sent(Time now);
  /// That message has an answer. Does nothing where it had one before, or is not remembered.
  void answered(std::uint64_t number, Time now);
  [[nodiscard]] Summary summary() const;

 private:
  std::vector<Time> sent_;  ///< Of each message, by the remainder of its number; `Time::max()` once it is answered.
  std::uint64_t next_ = 0;
  std::vector<std::chrono::microseconds> times_;
};

}  // namespace guildhall::sim
