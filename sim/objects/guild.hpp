#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "sim/world/world.hpp"

/// Guilds and what is in them, as Discord's REST API and its gateway show them.
namespace guildhall::sim {

/// GuildResponse.
[[nodiscard]] boost::json::object guild_response(const World& world, const Guild& guild);
/// What GUILD_CREATE adds to that (Discord: Gateway Events, "Guild Create Extra Fields"). Of the members only the bot
/// is in it, as for all who do not ask for presences.
[[nodiscard]] boost::json::object guild_create_data(const World& world, const Guild& guild);
/// How many members it has, the bot among them.
[[nodiscard]] std::size_t member_count(const Guild& guild);

/// GuildRoleResponse.
[[nodiscard]] boost::json::object role_response(const Application& application, const Role& role);
[[nodiscard]] boost::json::array role_responses(const Application& application, const Guild& guild);

/// EmojiResponse.
[[nodiscard]] boost::json::object emoji_response(const World& world, const Emoji& emoji);

/// The member of a message or an interaction: GuildMemberResponse without `user`.
[[nodiscard]] boost::json::object partial_member_response(const Guild& guild, const Member& member);
/// GuildMemberResponse.
[[nodiscard]] boost::json::object member_response(const World& world, const Guild& guild, UserId id,
                                                  const Member& member);
/// The member with that id, whether it is a user or the bot; nullptr if they are not in the guild.
[[nodiscard]] const Member* find_member(const World& world, const Guild& guild, UserId id);

}  // namespace guildhall::sim
