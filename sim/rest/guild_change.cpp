#include "sim/rest/guild_change.hpp"

namespace guildhall::sim {

const Guild& replace_guild(Simulation& sim, Guild guild) {
  const GuildId id = guild.id;
  const Guild before = *sim.world.find_guild(id);
  if (const auto changed = sim.world.change_guild(std::move(guild)); !changed) {
    throw base::ErrorException(changed.error());
  }
  const Guild& after = *sim.world.find_guild(id);
  for (const auto* place : {&before.channels, &before.threads}) {
    for (const auto& [channel, gone] : *place) {
      if (after.find_channel(channel) == nullptr) sim.messages.forget(channel);
    }
  }
  sim.feed.guild_changed(&before, &after);
  return after;
}

}  // namespace guildhall::sim
