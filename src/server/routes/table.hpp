#pragma once

#include <algorithm>
#include <array>

#include "server/route.hpp"
#include "server/routes/api/auth.hpp"
#include "server/routes/api/commands.hpp"
#include "server/routes/api/guilds.hpp"
#include "server/routes/api/logs.hpp"
#include "server/routes/api/users.hpp"
#include "server/routes/docs.hpp"
#include "server/routes/health.hpp"
#include "server/routes/home.hpp"

namespace guildhall::server {

template <std::size_t... sizes>
constexpr auto concatenate(const std::array<Route, sizes>&... parts) {
  std::array<Route, (sizes + ...)> all{};
  auto place = all.begin();
  ((place = std::copy(parts.begin(), parts.end(), place)), ...);
  return all;
}

/// Every route of the product.
inline constexpr auto route_table = concatenate(routes::auth, routes::users, routes::guilds, routes::commands,
                                                routes::logs, routes::docs, routes::health, routes::home);

}  // namespace guildhall::server
