#include "bot/events/event_json.hpp"
#include "bot/events/registry.hpp"
#include "discord/model/fields.hpp"

namespace guildhall::bot {

/// GUILD_ROLE_CREATE and GUILD_ROLE_UPDATE.
void guild_role_set(EventContext& context, const discord::Dispatch& dispatch) {
  const auto event = parse_event(dispatch);
  const auto* role = event ? discord::object_field(*event, "role") : nullptr;
  if (role == nullptr) return;
  const auto guild = discord::id_field<base::GuildId>(*event, "guild_id");
  const auto id = discord::id_field<discord::DiscordRoleId>(*role, "id");
  if (!guild || !id) return;
  if (const auto parsed = discord::parse_role(*role)) {
    context.cache.role_set(*guild, *parsed);
  } else {
    context.cache.role_forget(*guild, *id);
  }
}

void guild_role_delete(EventContext& context, const discord::Dispatch& dispatch) {
  const auto event = parse_event(dispatch);
  if (!event) return;
  const auto guild = discord::id_field<base::GuildId>(*event, "guild_id");
  const auto role = discord::id_field<discord::DiscordRoleId>(*event, "role_id");
  if (guild && role) context.cache.role_delete(*guild, *role);
}

}  // namespace guildhall::bot
