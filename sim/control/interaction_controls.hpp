#pragma once

#include "sim/control/control_route.hpp"

/// Control routes for users' interactions with the bot.
namespace guildhall::sim {

/// A user calls a command (type 2) or uses a component (type 3); 201 with the interaction's id.
[[nodiscard]] net::Response add_interaction(const ControlCall& call);
/// The interaction and its responses.
[[nodiscard]] net::Response show_interaction(const ControlCall& call);

}  // namespace guildhall::sim
