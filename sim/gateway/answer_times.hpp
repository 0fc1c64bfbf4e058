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
    std::chrono::microseconds p99{0};  ///< 99th percentile.
    std::chrono::microseconds longest{0};
  };

  /// The next message was sent.
  void sent(Time now);
  /// A message was answered. Does nothing for a second answer or a message that is not remembered.
  void answered(std::uint64_t number, Time now);
  [[nodiscard]] Summary summary() const;

 private:
  std::vector<Time> sent_;  ///< Indexed by the message's number modulo the size; `Time::max()` once it is answered.
  std::uint64_t next_ = 0;
  std::vector<std::chrono::microseconds> times_;
};

}  // namespace guildhall::sim
