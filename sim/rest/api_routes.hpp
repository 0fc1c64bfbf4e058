#pragma once

#include <span>

#include "sim/rest/api_route.hpp"

namespace guildhall::sim {

/// All routes of Discord's API in the simulator.
[[nodiscard]] std::span<const ApiRoute> api_routes();

}  // namespace guildhall::sim
