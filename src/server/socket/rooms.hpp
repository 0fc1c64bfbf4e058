#pragma once

#include <string>
#include <string_view>

#include "base/id.hpp"

// Rooms of the main namespace.
namespace guildhall::server {

/// All clients.
inline constexpr std::string_view everyone_room = "everyone";

/// Clients that see everything: the log, and the events of all guilds and of none.
inline constexpr std::string_view admin_room = "admin";

/// Clients whose person may manage the guild, but is no ADMIN.
[[nodiscard]] inline std::string guild_room(base::GuildId guild) { return "guild:" + guild.to_string(); }

}  // namespace guildhall::server
