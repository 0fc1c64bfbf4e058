#include "bot/events/registry.hpp"
#include "bot/guilds/guild_table.hpp"

namespace guildhall::bot {

/// The bot joined the guild, the guild's outage ended, or a session began.
void guild_create(EventContext& context, const discord::Dispatch& dispatch) {
  const auto guild = context.reader.guild(dispatch.data, context.cache.bot());
  if (!guild) return;
  if (guild->unavailable) return context.cache.guild_unavailable(dispatch.shard, guild->id);
  context.cache.guild_create(dispatch.shard, *guild);
  context.guilds.update({guild->id, guild->name, guild->icon});
}

}  // namespace guildhall::bot
