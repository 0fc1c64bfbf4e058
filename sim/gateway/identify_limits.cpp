#include "sim/gateway/identify_limits.hpp"

#include <algorithm>

namespace guildhall::sim {

IdentifyLimits::Decision IdentifyLimits::take(unsigned shard) {
  const auto now = clock_.now();
  if (remaining() == 0) return Decision::exhausted;
  const unsigned key = shard % settings_.max_concurrency;
  const auto last = last_.find(key);
  if (last != last_.end() && now - last->second < settings_.identify_period) return Decision::too_fast;
  if (now >= resets_at_) {
    used_ = 0;
    resets_at_ = now + settings_.start_period;
  }
  ++used_;
  last_.insert_or_assign(key, now);
  return Decision::go;
}

unsigned IdentifyLimits::remaining() const {
  if (clock_.now() >= resets_at_) return settings_.start_total;
  return settings_.start_total - std::min(used_, settings_.start_total);
}

std::chrono::milliseconds IdentifyLimits::reset_after() const {
  return std::max(resets_at_ - clock_.now(), std::chrono::milliseconds(0));
}

void IdentifyLimits::reset() {
  used_ = 0;
  resets_at_ = {};
  last_.clear();
}

void IdentifyLimits::set_remaining(unsigned remaining, std::optional<std::chrono::milliseconds> reset_after) {
  const auto now = clock_.now();
  if (reset_after) {
    resets_at_ = now + *reset_after;
  } else if (now >= resets_at_) {
    resets_at_ = now + settings_.start_period;
  }
  used_ = settings_.start_total - std::min(remaining, settings_.start_total);
}

}  // namespace guildhall::sim
