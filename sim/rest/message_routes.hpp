#pragma once

#include "sim/rest/api_route.hpp"

namespace guildhall::sim {

[[nodiscard]] net::Response list_messages(const ApiCall& call);
[[nodiscard]] net::Response create_message(const ApiCall& call);
[[nodiscard]] net::Response get_message(const ApiCall& call);
[[nodiscard]] net::Response change_message(const ApiCall& call);
[[nodiscard]] net::Response delete_message(const ApiCall& call);

}  // namespace guildhall::sim
