#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "net/form.hpp"
#include "sim/rest/discord_error.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// Which part of a list of guilds is asked for, by ids.
struct GuildPage {
  std::optional<GuildId> before;
  std::optional<GuildId> after;
  std::size_t limit = 200;  ///< 1 to 200.
  bool with_counts = false;
};

[[nodiscard]] DiscordResult<GuildPage> parse_guild_page(const net::FormFields& query);

/// The guilds of that page, by rising id. `guilds` are by rising id. Without `after`, `before` counts backwards from
/// its guild, so that a list can be walked from its end.
[[nodiscard]] std::vector<const Guild*> select(std::span<const Guild* const> guilds, const GuildPage& page);

}  // namespace guildhall::sim
