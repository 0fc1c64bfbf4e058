#pragma once

#include <string>
#include <string_view>

#include "base/id.hpp"

// Rooms of the main namespace.
namespace guildhall::server {

/// All who are connected.
inline constexpr std::string_view everyone_room = "everyone";

/// Those who see everything: logs, and the events of all guilds and of none.
inline constexpr std::string_view admin_room = "admin";

/// Those who may manage a guild but are no ADMIN.
[[nodiscard]] inline std::string guild_room(base::GuildId guild) { return "guild:" + guild.to_string(); }

}  // namespace guildhall::server
