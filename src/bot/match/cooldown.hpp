#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <unordered_map>

namespace guildhall::bot {

/// How often something may be done.
struct Rate {
  unsigned burst = 1;                        ///< Times at once, at least 1,
  std::chrono::milliseconds recovery{1000};  ///< and once more each time this has passed.
};

/// A token bucket for each key. Remembers so many keys at most: while more are active, those that are not remembered
/// are not limited. For one thread at a time.
class Cooldown {
 public:
  using Time = std::chrono::steady_clock::time_point;

  Cooldown(Rate rate, std::size_t capacity) : rate_(rate), capacity_(capacity) {}

  /// Whether it may be done once more, now; if so, it counts.
  [[nodiscard]] bool take(std::uint64_t key, Time now);

 private:
  void forget_recovered(Time now);

  const Rate rate_;
  const std::size_t capacity_;
  std::unordered_map<std::uint64_t, Time> recovered_;  // when a key's bucket is full again
  Time next_sweep_{};
};

}  // namespace guildhall::bot
