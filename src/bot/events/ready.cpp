#include "bot/events/event_json.hpp"
#include "bot/events/registry.hpp"
#include "bot/guilds/guild_table.hpp"
#include "bot/readiness.hpp"
#include "discord/model/gateway.hpp"

namespace guildhall::bot {

/// A shard has a new session. Guilds missing from its list were left meanwhile.
void ready(EventContext& context, const discord::Dispatch& dispatch) {
  const auto event = parse_event(dispatch);
  if (!event) return;
  const auto ready = discord::parse_ready(*event);
  context.readiness.on_ready(ready);
  context.cache.ready(dispatch.shard, ready.guilds);
  // A guild missing from an incomplete list was not necessarily left; the database keeps it.
  if (ready.complete) context.guilds.set_shard(dispatch.shard, ready.shards, ready.guilds);
}

}  // namespace guildhall::bot
