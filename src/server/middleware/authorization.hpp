#pragma once

#include "base/result.hpp"
#include "server/route.hpp"

namespace guildhall::server {

/// Fills in who asks and for which guild, and says whether they may, as `access` demands. Errc::unauthenticated,
/// forbidden; for guild_manager also not_found (no such guild, or the bot is not in it) and what UserGuilds says.
/// Throws database::Unavailable.
[[nodiscard]] net::Task<base::Result<void>> authorize(Context& context, Access access);

}  // namespace guildhall::server
