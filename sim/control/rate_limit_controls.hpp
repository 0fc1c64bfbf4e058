#pragma once

#include "sim/control/control_route.hpp"

/// The control routes about how often the API may be asked.
namespace guildhall::sim {

[[nodiscard]] net::Response show_rate_limits(const ControlCall& call);
/// Changes the limits that are named, as the world file has them. What was counted so far is forgotten.
[[nodiscard]] net::Response change_rate_limits(const ControlCall& call);

}  // namespace guildhall::sim
