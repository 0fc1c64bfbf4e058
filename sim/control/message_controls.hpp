#pragma once

#include "sim/control/control_route.hpp"

/// Control routes for messages of users.
namespace guildhall::sim {

/// Posts a message of a user or a webhook.
[[nodiscard]] net::Response say(const ControlCall& call);
/// All messages of a channel, oldest first.
[[nodiscard]] net::Response list_channel_messages(const ControlCall& call);
[[nodiscard]] net::Response edit_message_as_user(const ControlCall& call);
[[nodiscard]] net::Response delete_message_as_user(const ControlCall& call);
[[nodiscard]] net::Response react_as_user(const ControlCall& call);
[[nodiscard]] net::Response take_back_reaction_as_user(const ControlCall& call);
/// The direct message channel of the bot and a user.
[[nodiscard]] net::Response open_direct_message(const ControlCall& call);

}  // namespace guildhall::sim
