#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <unordered_map>

#include "base/clock.hpp"
#include "sim/world/rate_limits.hpp"

namespace guildhall::sim {

/// What a request finds when it asks to be let through.
struct RateDecision {
  bool allowed = true;
  unsigned limit = 0;
  unsigned remaining = 0;
  base::Timestamp resets_at;
  std::chrono::milliseconds reset_after{0};  ///< How long until `resets_at`; more than zero.
};

/// Counts requests in windows, as Discord does: the first request opens a window, and the next window opens no sooner
/// than the period later. Used by one thread at a time.
class RateLimiter {
 public:
  /// The clock outlives the limiter.
  explicit RateLimiter(const base::Clock& clock) : clock_(&clock) {}

  /// Takes one request from what `key` has left. A request that is refused takes nothing.
  [[nodiscard]] RateDecision take(const std::string& key, RateWindow window);

  /// How many keys are remembered.
  [[nodiscard]] std::size_t size() const { return counters_.size(); }

 private:
  struct Counter {
    base::Timestamp resets_at;
    unsigned used = 0;
  };

  void forget_past_windows(base::Timestamp now);

  const base::Clock* clock_;
  std::unordered_map<std::string, Counter> counters_;
  std::size_t sweep_at_ = 1024;
};

}  // namespace guildhall::sim
