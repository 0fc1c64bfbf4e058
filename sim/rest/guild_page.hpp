#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "net/form.hpp"
#include "sim/rest/discord_error.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// The requested part of a list of guilds, by ids.
struct GuildPage {
  std::optional<GuildId> before;
  std::optional<GuildId> after;
  std::size_t limit = 200;  ///< 1 to 200.
  bool with_counts = false;
};

/// Throws DiscordError.
[[nodiscard]] GuildPage parse_guild_page(const net::FormFields& query);

/// The guilds of that page, by rising id. `guilds` must be by rising id. Without `after`, `before` counts backwards
/// from its guild, so that a list can be walked from its end.
[[nodiscard]] std::vector<const Guild*> select(std::span<const Guild* const> guilds, const GuildPage& page);

}  // namespace guildhall::sim
