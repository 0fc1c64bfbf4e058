#pragma once

#include "sim/rest/api_route.hpp"

namespace guildhall::sim {

[[nodiscard]] net::Response list_roles(const ApiCall& call);
[[nodiscard]] net::Response get_role(const ApiCall& call);
[[nodiscard]] net::Response count_role_members(const ApiCall& call);
[[nodiscard]] net::Response create_role(const ApiCall& call);
/// Changes positions.
[[nodiscard]] net::Response move_roles(const ApiCall& call);
[[nodiscard]] net::Response change_role(const ApiCall& call);
[[nodiscard]] net::Response delete_role(const ApiCall& call);

}  // namespace guildhall::sim
