#include "sim/rest/channel_access.hpp"

namespace guildhall::sim {

DiscordResult<BotChannel> open_channel(const Simulation& sim, ChannelId id, Permissions needed) {
  const Channel* channel = sim.world.find_channel(id);
  if (channel == nullptr) return unknown_channel();
  if (!channel->guild) return BotChannel{channel, nullptr, all_permissions};
  const Guild* guild = sim.world.find_guild(*channel->guild);
  if (guild == nullptr) return unknown_channel();
  const Permissions held = guild->permissions_of_bot();
  if (!guild->bot || !held.has(view_channel)) return missing_access();
  if (!held.has(needed)) return missing_permissions();
  return BotChannel{channel, guild, held};
}

DiscordResult<BotChannel> open_channel(const ApiCall& call, Permissions needed) {
  const auto id = path_id<ChannelId>(call, "channel_id");
  if (!id) return id.error();
  return open_channel(call.sim, *id, needed);
}

}  // namespace guildhall::sim
