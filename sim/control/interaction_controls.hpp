#pragma once

#include "sim/control/control_route.hpp"

/// The control routes about what people do for the bot to answer.
namespace guildhall::sim {

/// A person calls a command (type 2) or uses a component (type 3); 201 with the interaction's id.
[[nodiscard]] net::Response add_interaction(const ControlCall& call);
/// What it was and what became of it.
[[nodiscard]] net::Response show_interaction(const ControlCall& call);

}  // namespace guildhall::sim
