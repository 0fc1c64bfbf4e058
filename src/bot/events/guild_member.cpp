#include "bot/events/event_json.hpp"
#include "bot/events/registry.hpp"
#include "discord/model/fields.hpp"

namespace guildhall::bot {

/// GUILD_MEMBER_ADD and GUILD_MEMBER_UPDATE.
void guild_member_set(EventContext& context, const discord::Dispatch& dispatch) {
  const auto event = parse_event(dispatch);
  if (!event) return;
  const auto guild = discord::id_field<base::GuildId>(*event, "guild_id");
  const auto member = discord::parse_member(*event);
  if (!guild || !member) return;
  if (dispatch.name == "GUILD_MEMBER_ADD") context.cache.member_joined(*guild);
  context.cache.member_set(*guild, *member);
}

void guild_member_remove(EventContext& context, const discord::Dispatch& dispatch) {
  const auto event = parse_event(dispatch);
  const auto* user = event ? event->if_contains("user") : nullptr;
  if (user == nullptr || !user->is_object()) return;
  const auto guild = discord::id_field<base::GuildId>(*event, "guild_id");
  const auto id = discord::id_field<base::UserId>(user->get_object(), "id");
  if (guild && id) context.cache.member_remove(*guild, *id);
}

}  // namespace guildhall::bot
