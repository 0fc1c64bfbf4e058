#include "bot/match/cooldown.hpp"

#include <algorithm>

namespace guildhall::bot {

bool Cooldown::take(std::uint64_t key, Time now) {
  if (recovered_.size() >= capacity_) forget_recovered(now);
  const auto found = recovered_.find(key);
  if (found == recovered_.end()) {
    if (recovered_.size() < capacity_) recovered_.emplace(key, now + rate_.recovery);
    return true;
  }
  const auto full = std::max(found->second, now) + rate_.recovery;
  if (full - now > rate_.burst * rate_.recovery) return false;
  found->second = full;
  return true;
}

/// Looks through all keys, so not more often than it takes one to recover.
void Cooldown::forget_recovered(Time now) {
  if (now < next_sweep_) return;
  next_sweep_ = now + rate_.recovery;
  std::erase_if(recovered_, [now](const auto& entry) { return entry.second <= now; });
}

}  // namespace guildhall::bot
