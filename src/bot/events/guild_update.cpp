#include "bot/events/registry.hpp"
#include "bot/guilds/guild_table.hpp"

namespace guildhall::bot {

void guild_update(EventContext& context, const discord::Dispatch& dispatch) {
  const auto guild = context.reader.guild(dispatch.data);
  if (!guild || guild->unavailable) return;
  context.cache.guild_update(*guild);
  context.guilds.update({guild->id, guild->name, guild->icon});
}

}  // namespace guildhall::bot
