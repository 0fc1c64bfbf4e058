#pragma once

#include "sim/control/control_route.hpp"

/// The control routes with which people speak.
namespace guildhall::sim {

/// A person, or a webhook, says something in a channel.
[[nodiscard]] net::Response say(const ControlCall& call);
/// All that is kept of a channel, oldest first.
[[nodiscard]] net::Response list_channel_messages(const ControlCall& call);
[[nodiscard]] net::Response edit_any_message(const ControlCall& call);
[[nodiscard]] net::Response delete_any_message(const ControlCall& call);
/// The channel in which the bot and a person talk.
[[nodiscard]] net::Response open_direct_message(const ControlCall& call);

}  // namespace guildhall::sim
