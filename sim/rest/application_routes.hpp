#pragma once

#include "sim/rest/api_route.hpp"

namespace guildhall::sim {

[[nodiscard]] net::Response get_current_application(const ApiCall& call);
[[nodiscard]] net::Response get_current_authorization(const ApiCall& call);

}  // namespace guildhall::sim
