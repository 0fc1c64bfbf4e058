#pragma once

#include <chrono>
#include <cstddef>
#include <deque>

namespace guildhall::discord {

/// Counts the requests that Discord holds against us, so that we slow down and stop by ourselves: at 10,000 in ten
/// minutes Discord bans the address (Discord: topics/rate-limits, Invalid Request Limit).
class InvalidBudget {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Duration = std::chrono::steady_clock::duration;

  static constexpr std::chrono::minutes window{10};
  static constexpr std::size_t slow_from = 500;
  static constexpr std::size_t stop_at = 5000;
  static constexpr std::size_t go_on_below = 4500;

  void record(Time now);

  /// Invalid requests in the last ten minutes, a second more or less.
  [[nodiscard]] std::size_t count(Time now);

  /// How far apart requests shall be: nothing below `slow_from`, then more and more, so that what goes on to fail does
  /// not reach `stop_at` by requests sent one after the other.
  [[nodiscard]] Duration pace(Time now);

  /// Whether no request shall be sent: from `stop_at` until fewer than `go_on_below` are left.
  [[nodiscard]] bool stopped(Time now);

  /// When a budget that is stopped will go on.
  [[nodiscard]] Time goes_on_at() const;

 private:
  struct Second {
    Time start;
    std::size_t count = 0;
  };

  std::deque<Second> seconds_;
  std::size_t count_ = 0;
  bool stopped_ = false;
};

}  // namespace guildhall::discord
