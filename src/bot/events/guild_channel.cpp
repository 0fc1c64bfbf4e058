#include "bot/events/event_json.hpp"
#include "bot/events/registry.hpp"
#include "discord/model/fields.hpp"

namespace guildhall::bot {
namespace {

/// A channel that cannot be read is forgotten: outdated permissions would be worse.
void set_channel(EventContext& context, base::GuildId guild, const boost::json::object& object) {
  if (const auto channel = discord::parse_channel(object)) {
    context.cache.channel_set(guild, *channel);
  } else if (const auto id = discord::id_field<discord::ChannelId>(object, "id")) {
    context.cache.channel_delete(guild, *id);
  }
}

}  // namespace

/// CHANNEL_CREATE, CHANNEL_UPDATE, THREAD_CREATE and THREAD_UPDATE.
void guild_channel_set(EventContext& context, const discord::Dispatch& dispatch) {
  const auto event = parse_event(dispatch);
  if (!event) return;
  if (const auto guild = discord::id_field<base::GuildId>(*event, "guild_id")) set_channel(context, *guild, *event);
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
    if (element.is_object()) set_channel(context, *guild, element.get_object());
  }
}

}  // namespace guildhall::bot
