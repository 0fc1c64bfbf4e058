#pragma once

#include <string_view>

#include "bot/events/event_handler.hpp"

namespace guildhall::bot {

// Each is defined in the file of its name; those of members, roles, channels and messages share one.
void guild_channel_delete(EventContext& context, const discord::Dispatch& dispatch);
void guild_channel_set(EventContext& context, const discord::Dispatch& dispatch);
void guild_create(EventContext& context, const discord::Dispatch& dispatch);
void guild_delete(EventContext& context, const discord::Dispatch& dispatch);
void guild_member_remove(EventContext& context, const discord::Dispatch& dispatch);
void guild_member_set(EventContext& context, const discord::Dispatch& dispatch);
void guild_role_delete(EventContext& context, const discord::Dispatch& dispatch);
void guild_role_set(EventContext& context, const discord::Dispatch& dispatch);
void guild_update(EventContext& context, const discord::Dispatch& dispatch);
void interaction_create(EventContext& context, const discord::Dispatch& dispatch);
void message_create(EventContext& context, const discord::Dispatch& dispatch);
void message_update(EventContext& context, const discord::Dispatch& dispatch);
void ready(EventContext& context, const discord::Dispatch& dispatch);
void thread_list_sync(EventContext& context, const discord::Dispatch& dispatch);

/// The handler of events of that name; null if there is none.
[[nodiscard]] const EventHandler* find_event_handler(std::string_view name);

}  // namespace guildhall::bot
