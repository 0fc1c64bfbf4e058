#pragma once

#include "sim/control/control_route.hpp"

/// Control routes for what Discord does beyond its documentation.
namespace guildhall::sim {

[[nodiscard]] net::Response show_behaviour(const ControlCall& call);
[[nodiscard]] net::Response change_behaviour(const ControlCall& call);
/// Registers an application command as somebody else than the bot does: another program, or Discord itself.
[[nodiscard]] net::Response add_application_command(const ControlCall& call);

}  // namespace guildhall::sim
