#include "discord/model/channel.hpp"

#include <boost/json/array.hpp>

#include "bot/events/event_json.hpp"
#include "bot/events/registry.hpp"
#include "discord/model/fields.hpp"

namespace guildhall::bot {

/// CHANNEL_CREATE, CHANNEL_UPDATE, THREAD_CREATE and THREAD_UPDATE.
void channel_set(EventContext& context, const discord::Dispatch& dispatch) {
  const auto event = parse_event(dispatch);
  if (!event) return;
  const auto guild = discord::id_field<base::GuildId>(*event, "guild_id");
  const auto channel = discord::parse_channel(*event);
  if (guild && channel) context.cache.channel_set(*guild, *channel);
}

/// CHANNEL_DELETE and THREAD_DELETE.
void channel_delete(EventContext& context, const discord::Dispatch& dispatch) {
  const auto event = parse_event(dispatch);
  if (!event) return;
  const auto guild = discord::id_field<base::GuildId>(*event, "guild_id");
  const auto channel = discord::id_field<discord::ChannelId>(*event, "id");
  if (guild && channel) context.cache.channel_delete(*guild, *channel);
}

/// The bot has gained access to a channel with threads.
void thread_list_sync(EventContext& context, const discord::Dispatch& dispatch) {
  const auto event = parse_event(dispatch);
  const auto* threads = event ? discord::array_field(*event, "threads") : nullptr;
  if (threads == nullptr) return;
  const auto guild = discord::id_field<base::GuildId>(*event, "guild_id");
  for (const auto& thread : *threads) {
    const auto channel = thread.is_object() ? discord::parse_channel(thread.get_object()) : std::nullopt;
    if (guild && channel) context.cache.channel_set(*guild, *channel);
  }
}

}  // namespace guildhall::bot
