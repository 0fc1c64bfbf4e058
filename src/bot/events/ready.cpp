#include "bot/events/event_json.hpp"
#include "bot/events/registry.hpp"
#include "bot/guilds/guild_table.hpp"
#include "bot/session.hpp"
#include "discord/model/gateway.hpp"

namespace guildhall::bot {

/// A shard has a new session. Its list of guilds is the truth about those that were left meanwhile.
void ready(EventContext& context, const discord::Dispatch& dispatch) {
  const auto event = parse_event(dispatch);
  const auto ready = event ? discord::parse_ready(*event) : std::nullopt;
  if (!ready) return;
  context.session.began(*ready);
  context.cache.ready(dispatch.shard, ready->guilds);
  context.guilds.shard_is_in(dispatch.shard, ready->shards, ready->guilds);
}

}  // namespace guildhall::bot
