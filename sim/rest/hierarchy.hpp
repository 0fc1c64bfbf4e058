#pragma once

#include "sim/rest/discord_error.hpp"
#include "sim/world/world.hpp"

/// Discord: Permissions, "Permission Hierarchy": the bot changes only what is below its own highest role.
namespace guildhall::sim {

[[nodiscard]] DiscordError unknown_role();
[[nodiscard]] DiscordError unknown_member();

/// The role with that id. Throws Unknown Role.
[[nodiscard]] const Role& find_role(const Guild& guild, RoleId id);
/// Throws Missing Permissions unless the role is below the bot's highest.
void check_below_bot(const Guild& guild, const Role& role);
/// Throws Missing Permissions unless the bot's highest role is above the member's; never above the owner.
void check_outranked_by_bot(const Guild& guild, UserId user);
/// Throws Missing Permissions if the bot does not have all of `given` in the guild.
void check_bot_has(const Guild& guild, Permissions given);

}  // namespace guildhall::sim
