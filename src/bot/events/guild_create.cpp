#include "bot/events/registry.hpp"
#include "bot/guilds/guild_table.hpp"

namespace guildhall::bot {

/// The bot came into the guild, the guild's outage has ended, or a session begins.
void guild_create(EventContext& context, const discord::Dispatch& dispatch) {
  const auto guild = context.reader.guild(dispatch.data);
  if (!guild) return;
  if (guild->unavailable) return context.cache.guild_unavailable(dispatch.shard, guild->id);
  context.cache.guild_create(dispatch.shard, *guild);
  context.guilds.present({guild->id, guild->name, guild->icon});
}

}  // namespace guildhall::bot
