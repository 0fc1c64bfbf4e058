#pragma once

#include <span>

#include "sim/rest/api_route.hpp"

namespace guildhall::sim {

/// Every route of Discord's API that the simulator has.
[[nodiscard]] std::span<const ApiRoute> api_routes();

}  // namespace guildhall::sim
