#pragma once

#include <optional>

#include "base/result.hpp"
#include "domain/access.hpp"
#include "net/router.hpp"
#include "server/route.hpp"

namespace guildhall::server {

/// The parts that decide whether a request may use a route. They outlive it.
struct Authorizers {
  const Authentication& authentication;
  const domain::Access& access;
  domain::GuildManagers& managers;
};

/// Whose request it is, and what they may do.
struct Authorized {
  std::optional<Session> session;
  std::optional<domain::GuildEditor> guild;  ///< For Access::guild_manager.
};

/// Checks whether a request may use a route of that access; `params` has the guild's `:id`. Errc::unauthenticated,
/// forbidden; for guild_manager also not_found (no such guild, or the bot is not in it) and the errors of
/// domain::GuildManagers. Throws database::Unavailable.
[[nodiscard]] net::Task<base::Result<Authorized>> authorize(Authorizers by, const net::Request& request,
                                                            const net::PathParams& params, Access access);

}  // namespace guildhall::server
