#include "server/middleware/rate_limit.hpp"

#include <algorithm>

namespace guildhall::server {

std::optional<std::chrono::milliseconds> RefusedLogins::wait(const boost::asio::ip::address& client, Time now) const {
  const std::lock_guard lock(mutex_);
  const auto found = recovered_.find(client);
  if (found == recovered_.end()) return std::nullopt;
  const auto debt = found->second - now;
  const auto allowed = recovery * (burst - 1);
  if (debt <= allowed) return std::nullopt;
  return std::chrono::ceil<std::chrono::milliseconds>(debt - allowed);
}

void RefusedLogins::count(const boost::asio::ip::address& client, Time now) {
  const std::lock_guard lock(mutex_);
  if (recovered_.size() >= capacity && !recovered_.contains(client)) {
    std::erase_if(recovered_, [now](const auto& item) { return item.second <= now; });
    if (recovered_.size() >= capacity) recovered_.erase(recovered_.begin());
  }
  Time& recovered = recovered_[client];
  recovered = std::max(recovered, now) + recovery;
}

}  // namespace guildhall::server
