#include "bot/events/registry.hpp"
#include "bot/guilds/guild_table.hpp"

namespace guildhall::bot {

/// The guild has an outage (`unavailable` is set), or the bot left it.
void guild_delete(EventContext& context, const discord::Dispatch& dispatch) {
  const auto guild = context.reader.guild(dispatch.data);
  if (!guild) return;
  if (guild->unavailable) return context.cache.guild_unavailable(dispatch.shard, guild->id);
  context.cache.guild_left(guild->id);
  context.guilds.remove(guild->id);
}

}  // namespace guildhall::bot
