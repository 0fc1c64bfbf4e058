#include "bot/events/registry.hpp"

#include <algorithm>
#include <array>

namespace guildhall::bot {
namespace {

/// The most frequent first.
constexpr std::array handlers{
    EventHandler{"MESSAGE_CREATE", &message_create},
    EventHandler{"GUILD_CREATE", &guild_create},
    EventHandler{"MESSAGE_UPDATE", &message_update},
    EventHandler{"INTERACTION_CREATE", &interaction_create},
    EventHandler{"GUILD_MEMBER_UPDATE", &guild_member_set},
    EventHandler{"GUILD_MEMBER_ADD", &guild_member_set},
    EventHandler{"GUILD_MEMBER_REMOVE", &guild_member_remove},
    EventHandler{"GUILD_ROLE_UPDATE", &guild_role_set},
    EventHandler{"GUILD_ROLE_CREATE", &guild_role_set},
    EventHandler{"GUILD_ROLE_DELETE", &guild_role_delete},
    EventHandler{"THREAD_CREATE", &guild_channel_set},
    EventHandler{"THREAD_UPDATE", &guild_channel_set},
    EventHandler{"THREAD_DELETE", &guild_channel_delete},
    EventHandler{"THREAD_LIST_SYNC", &thread_list_sync},
    EventHandler{"CHANNEL_UPDATE", &guild_channel_set},
    EventHandler{"CHANNEL_CREATE", &guild_channel_set},
    EventHandler{"CHANNEL_DELETE", &guild_channel_delete},
    EventHandler{"GUILD_UPDATE", &guild_update},
    EventHandler{"GUILD_DELETE", &guild_delete},
    EventHandler{"READY", &ready},
};

}  // namespace

const EventHandler* find_event_handler(std::string_view name) {
  const auto* const found = std::ranges::find(handlers, name, &EventHandler::name);
  return found == handlers.end() ? nullptr : found;
}

}  // namespace guildhall::bot
