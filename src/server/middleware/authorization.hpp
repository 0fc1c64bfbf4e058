#pragma once

#include "base/result.hpp"
#include "server/route.hpp"

namespace guildhall::server {

/// Checks whether the request may use a route of that access, and fills in its session and guild.
/// Errc::unauthenticated, forbidden; for guild_manager also not_found (no such guild, or the bot is not in it) and the
/// errors of UserGuilds. Throws database::Unavailable.
[[nodiscard]] net::Task<base::Result<void>> authorize(Context& context, Access access);

}  // namespace guildhall::server
