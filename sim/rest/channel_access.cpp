#include "sim/rest/channel_access.hpp"

namespace guildhall::sim {

BotChannel open_channel(const Simulation& sim, ChannelId id, Permissions needed) {
  const Channel* channel = sim.world.find_channel(id);
  if (channel == nullptr) throw unknown_channel();
  if (!channel->guild) return {channel, nullptr, all_permissions};
  const Guild* guild = sim.world.find_guild(*channel->guild);
  if (guild == nullptr) throw unknown_channel();
  const Permissions held = guild->permissions_of_bot();
  if (!guild->bot || !held.has(view_channel)) throw missing_access();
  if (!held.has(needed)) throw missing_permissions();
  return {channel, guild, held};
}

BotChannel open_channel(const ApiCall& call, Permissions needed) {
  return open_channel(call.sim, path_id<ChannelId>(call, "channel_id"), needed);
}

}  // namespace guildhall::sim
