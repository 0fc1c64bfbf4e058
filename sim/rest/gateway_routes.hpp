#pragma once

#include "sim/rest/api_route.hpp"

namespace guildhall::sim {

[[nodiscard]] net::Response get_gateway(const ApiCall& call);
[[nodiscard]] net::Response get_bot_gateway(const ApiCall& call);

}  // namespace guildhall::sim
