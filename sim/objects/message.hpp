#pragma once

#include <boost/json/object.hpp>

#include "sim/world/message_log.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// MessageResponse, with the message that it answers.
[[nodiscard]] boost::json::object message_response(const World& world, const MessageLog& messages,
                                                   const Message& message);

/// What the gateway adds to that: `guild_id` and `member` (Discord: Gateway Events, "Message Create Extra Fields").
void add_message_event_fields(boost::json::object& response, const World& world, const Message& message);

/// Takes away what only those with the intent MESSAGE_CONTENT see (Discord: Gateway, "Message Content Intent").
void remove_message_content(boost::json::object& response);

}  // namespace guildhall::sim
