#pragma once

#include "sim/rest/api_route.hpp"

namespace guildhall::sim {

[[nodiscard]] net::Response get_channel(const ApiCall& call);
[[nodiscard]] net::Response trigger_typing(const ApiCall& call);
/// Opens a direct message with a user.
[[nodiscard]] net::Response create_direct_message(const ApiCall& call);

}  // namespace guildhall::sim
