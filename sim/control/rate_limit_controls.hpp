#pragma once

#include "sim/control/control_route.hpp"

/// Control routes for the rate limits.
namespace guildhall::sim {

[[nodiscard]] net::Response show_rate_limits(const ControlCall& call);
/// Sets the given limits, in the form of the world file, and resets all counters.
[[nodiscard]] net::Response change_rate_limits(const ControlCall& call);

}  // namespace guildhall::sim
