#include "sim/rest/rate_limiter.hpp"

#include <algorithm>

namespace guildhall::sim {

RateDecision RateLimiter::take(const std::string& key, RateWindow window) {
  const auto now = clock_->now();
  if (counters_.size() >= sweep_at_) forget_past_windows(now);
  Counter& counter = counters_[key];
  if (counter.resets_at <= now) counter = {now + window.period, 0};
  const bool allowed = counter.used < window.limit;
  if (allowed) ++counter.used;
  return {allowed, window.limit, window.limit - counter.used, counter.resets_at, counter.resets_at - now};
}

void RateLimiter::forget_past_windows(base::Timestamp now) {
  std::erase_if(counters_, [&](const auto& counter) { return counter.second.resets_at <= now; });
  // A sweep visits all keys, so the next one waits until there are twice as many.
  sweep_at_ = std::max<std::size_t>(1024, counters_.size() * 2);
}

}  // namespace guildhall::sim
