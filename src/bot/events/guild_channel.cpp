#include "bot/events/event_json.hpp"
#include "bot/events/registry.hpp"
#include "discord/model/fields.hpp"

namespace guildhall::bot {

/// CHANNEL_CREATE, CHANNEL_UPDATE, THREAD_CREATE and THREAD_UPDATE.
void guild_channel_set(EventContext& context, const discord::Dispatch& dispatch) {
  const auto event = parse_event(dispatch);
  if (!event) return;
  const auto guild = discord::id_field<base::GuildId>(*event, "guild_id");
  const auto channel = discord::parse_channel(*event);
  if (guild && channel) context.cache.channel_set(*guild, *channel);
}

/// CHANNEL_DELETE and THREAD_DELETE.
void guild_channel_delete(EventContext& context, const discord::Dispatch& dispatch) {
  const auto event = parse_event(dispatch);
  if (!event) return;
  const auto guild = discord::id_field<base::GuildId>(*event, "guild_id");
  const auto channel = discord::id_field<discord::ChannelId>(*event, "id");
  if (guild && channel) context.cache.channel_delete(*guild, *channel);
}

/// The bot may now see a channel: its active threads.
void thread_list_sync(EventContext& context, const discord::Dispatch& dispatch) {
  const auto event = parse_event(dispatch);
  if (!event) return;
  const auto guild = discord::id_field<base::GuildId>(*event, "guild_id");
  const auto* threads = discord::array_field(*event, "threads");
  if (!guild || threads == nullptr) return;
  for (const auto& element : *threads) {
    if (const auto thread = discord::parse_channel(element)) context.cache.channel_set(*guild, *thread);
  }
}

}  // namespace guildhall::bot
