#include "sim/gateway/intents.hpp"

#include <algorithm>
#include <array>

namespace guildhall::sim {
namespace {

struct Row {
  std::string_view prefix;  ///< Of an event's name; the first that fits counts.
  Intents in_guild;
  Intents in_direct_message;
};

// clang-format off
constexpr auto rows = std::to_array<Row>({
    {"GUILD_MEMBERS_CHUNK",              {},                                    {}},
    {"GUILD_MEMBER_",                    intent::guild_members,                 {}},
    {"GUILD_BAN_",                       intent::guild_moderation,              {}},
    {"GUILD_AUDIT_LOG_",                 intent::guild_moderation,              {}},
    {"GUILD_EMOJIS_",                    intent::guild_expressions,             {}},
    {"GUILD_STICKERS_",                  intent::guild_expressions,             {}},
    {"GUILD_SOUNDBOARD_",                intent::guild_expressions,             {}},
    {"GUILD_INTEGRATIONS_",              intent::guild_integrations,            {}},
    {"GUILD_SCHEDULED_EVENT_",           intent::guild_scheduled_events,        {}},
    {"GUILD_",                           intent::guilds,                        {}},
    {"CHANNEL_PINS_",                    intent::guilds,                        intent::direct_messages},
    {"CHANNEL_",                         intent::guilds,                        {}},
    {"THREAD_MEMBERS_",                  intent::guilds | intent::guild_members, {}},
    {"THREAD_",                          intent::guilds,                        {}},
    {"STAGE_INSTANCE_",                  intent::guilds,                        {}},
    {"INTEGRATION_",                     intent::guild_integrations,            {}},
    {"WEBHOOKS_",                        intent::guild_webhooks,                {}},
    {"INVITE_",                          intent::guild_invites,                 {}},
    {"VOICE_STATE_",                     intent::guild_voice_states,            {}},
    {"PRESENCE_",                        intent::guild_presences,               {}},
    {"MESSAGE_REACTION_",                intent::guild_message_reactions,       intent::direct_message_reactions},
    {"MESSAGE_POLL_",                    intent::guild_message_polls,           intent::direct_message_polls},
    {"MESSAGE_",                         intent::guild_messages,                intent::direct_messages},
    {"TYPING_",                          intent::guild_message_typing,          intent::direct_message_typing},
    {"AUTO_MODERATION_RULE_",            intent::auto_moderation_configuration, {}},
    {"AUTO_MODERATION_ACTION_",          intent::auto_moderation_execution,     {}},
});

struct Name {
  std::string_view name;
  Intents bits;
};
constexpr auto privileged_names = std::to_array<Name>({
    {"GUILD_MEMBERS",   intent::guild_members},
    {"GUILD_PRESENCES", intent::guild_presences},
    {"MESSAGE_CONTENT", intent::message_content},
});
// clang-format on

}  // namespace

Intents intents_for(std::string_view event, bool in_guild) {
  const auto row =
      std::find_if(rows.begin(), rows.end(), [&](const Row& one) { return event.starts_with(one.prefix); });
  if (row == rows.end()) return {};
  return in_guild ? row->in_guild : row->in_direct_message;
}

std::optional<Intents> parse_privileged_intent(std::string_view name) {
  const auto found =
      std::find_if(privileged_names.begin(), privileged_names.end(), [&](const Name& one) { return one.name == name; });
  if (found == privileged_names.end()) return std::nullopt;
  return found->bits;
}

std::vector<std::string_view> privileged_intent_names(Intents intents) {
  std::vector<std::string_view> names;
  for (const Name& one : privileged_names) {
    if (intents.has_any(one.bits)) names.push_back(one.name);
  }
  return names;
}

}  // namespace guildhall::sim
