#include "sim/rest/channel_access.hpp"

namespace guildhall::sim {

BotChannel open_channel(const Simulation& sim, ChannelId id, Permissions needed) {
  const Channel* channel = sim.world.find_channel(id);
  if (channel == nullptr) throw unknown_channel();
  if (!channel->guild) return {channel, nullptr, all_permissions};
  const Guild* guild = sim.world.find_guild(*channel->guild);
  if (guild == nullptr) throw unknown_channel();
  const UserId bot = sim.world.application.bot_user_id();
  const Permissions held = guild->permissions_of_bot_in(*channel, bot);
  if (!guild->bot || !held.has(view_channel)) throw missing_access();
  const bool hidden = channel->type == ChannelType::private_thread && !channel->thread->members.contains(bot);
  if (hidden && !held.has(manage_threads)) throw missing_access();
  if (!held.has(needed)) throw missing_permissions();
  return {channel, guild, held};
}

BotChannel open_channel(const ApiCall& call, Permissions needed) {
  return open_channel(call.sim, path_id<ChannelId>(call, "channel_id"), needed);
}

const Guild& open_guild(const ApiCall& call, Permissions needed) {
  const Guild* guild = call.sim.world.find_guild(path_id<GuildId>(call, "guild_id"));
  if (guild == nullptr || !guild->bot) throw unknown_guild();
  if (!guild->permissions_of_bot().has(needed)) throw missing_permissions();
  return *guild;
}

}  // namespace guildhall::sim
