#include "bot/match/cooldown.hpp"

#include <algorithm>

namespace guildhall::bot {

bool Cooldown::take(std::uint64_t key, Time now) {
  auto* const known = full_at_.find(key);
  const auto full_at = (known == nullptr ? now : std::max(*known, now)) + rate_.recovery;
  if (full_at - now > rate_.burst * rate_.recovery) return false;
  if (known != nullptr) {
    *known = full_at;
  } else {
    full_at_.put(key, full_at);
  }
  return true;
}

}  // namespace guildhall::bot
