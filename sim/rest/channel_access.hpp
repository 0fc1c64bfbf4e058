#pragma once

#include "sim/rest/api_route.hpp"
#include "sim/rest/discord_error.hpp"

namespace guildhall::sim {

/// A channel and the bot's permissions in it.
struct BotChannel {
  const Channel* channel = nullptr;
  const Guild* guild = nullptr;  ///< nullptr for a direct message.
  Permissions permissions;       ///< Of the bot; all of them in a direct message.
};

/// The guild that `guild_id` of the path names. Throws Unknown Guild if there is none or the bot is not in it, Missing
/// Permissions if it lacks `needed` there.
[[nodiscard]] const Guild& open_guild(const ApiCall& call, Permissions needed = {});

/// The channel that `channel_id` of the path names. Throws Unknown Channel if there is none, Missing Access if the bot
/// is not in its guild or may not see it, Missing Permissions if it lacks `needed` there.
[[nodiscard]] BotChannel open_channel(const ApiCall& call, Permissions needed = {});
[[nodiscard]] BotChannel open_channel(const Simulation& sim, ChannelId id, Permissions needed);

/// The id in a segment of the path. Throws DiscordError for anything else.
template <class Id>
[[nodiscard]] Id path_id(const ApiCall& call, std::string_view name) {
  const auto id = Id::parse(call.params[name]);
  if (!id) throw not_a_snowflake(name, call.params[name]);
  return *id;
}

}  // namespace guildhall::sim
