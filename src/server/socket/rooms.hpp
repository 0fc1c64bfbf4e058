#pragma once

#include <string>
#include <string_view>

#include "base/id.hpp"

// Rooms of the main namespace.
namespace guildhall::server {

/// All clients.
inline constexpr std::string_view everyone_room = "everyone";

/// Clients that get the log.
inline constexpr std::string_view admin_room = "admin";

/// Clients that get the events of all guilds and of none: those of ADMINs.
inline constexpr std::string_view all_events_room = "events";

/// Clients whose person may view the guild, but is no ADMIN.
[[nodiscard]] inline std::string guild_room(base::GuildId guild) { return "guild:" + guild.to_string(); }

/// Those of them whose person sees all of its channels.
[[nodiscard]] inline std::string all_channels_room(base::GuildId guild) { return guild_room(guild) + ":channels"; }

/// The others, by person.
[[nodiscard]] inline std::string member_room(base::GuildId guild, base::UserId user) {
  return guild_room(guild) + ":" + user.to_string();
}

}  // namespace guildhall::server
