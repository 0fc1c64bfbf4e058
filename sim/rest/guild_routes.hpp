#pragma once

#include "sim/rest/api_route.hpp"

namespace guildhall::sim {

[[nodiscard]] net::Response get_guild(const ApiCall& call);
[[nodiscard]] net::Response change_guild_settings(const ApiCall& call);
/// The bot leaves it.
[[nodiscard]] net::Response leave_guild(const ApiCall& call);
[[nodiscard]] net::Response list_guild_channels(const ApiCall& call);
[[nodiscard]] net::Response list_active_threads(const ApiCall& call);

}  // namespace guildhall::sim
