#pragma once

#include "sim/rest/api_route.hpp"

namespace guildhall::sim {

[[nodiscard]] net::Response get_guild(const ApiCall& call);

}  // namespace guildhall::sim
