#include "server/middleware/rate_limit.hpp"

#include <algorithm>

#include "net/ip_network.hpp"

namespace guildhall::server {

std::optional<std::chrono::milliseconds> RefusedLogins::wait(const boost::asio::ip::address& client, Time now) const {
  const std::lock_guard lock(mutex_);
  const Time* recovered = recovered_.peek(net::client_network(client));
  if (recovered == nullptr) return std::nullopt;
  const auto debt = *recovered - now;
  const auto allowed = recovery * (burst - 1);
  if (debt <= allowed) return std::nullopt;
  return std::chrono::ceil<std::chrono::milliseconds>(debt - allowed);
}

void RefusedLogins::count(const boost::asio::ip::address& client, Time now) {
  const auto network = net::client_network(client);
  const std::lock_guard lock(mutex_);
  const Time* recovered = recovered_.find(network);
  recovered_.put(network, (recovered == nullptr ? now : std::max(*recovered, now)) + recovery);
}

}  // namespace guildhall::server
