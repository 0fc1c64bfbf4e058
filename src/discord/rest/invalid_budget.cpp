#include "discord/rest/invalid_budget.hpp"

namespace guildhall::discord {

void InvalidBudget::record(Time now) {
  constexpr std::chrono::seconds step{1};
  if (seconds_.empty() || now - seconds_.back().start >= step) seconds_.push_back({now, 0});
  ++seconds_.back().count;
  ++count_;
}

std::size_t InvalidBudget::count(Time now) {
  while (!seconds_.empty() && seconds_.front().start + window <= now) {
    count_ -= seconds_.front().count;
    seconds_.pop_front();
  }
  return count_;
}

InvalidBudget::Duration InvalidBudget::pace(Time now) {
  const std::size_t used = count(now);
  if (used <= slow_from) return Duration::zero();
  if (used >= stop_at) return window;
  // What is left, spread over the window; and gently at first.
  const double even = std::chrono::duration<double>(window).count() / static_cast<double>(stop_at - used);
  const double share = static_cast<double>(used - slow_from) / static_cast<double>(stop_at - slow_from);
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(even * share));
}

bool InvalidBudget::stopped(Time now) {
  const std::size_t used = count(now);
  stopped_ = used >= (stopped_ ? go_on_below : stop_at);
  return stopped_;
}

InvalidBudget::Time InvalidBudget::goes_on_at() const {
  std::size_t left = count_;
  for (const Second& second : seconds_) {
    left -= second.count;
    if (left < go_on_below) return second.start + window;
  }
  return Time{};
}

}  // namespace guildhall::discord
