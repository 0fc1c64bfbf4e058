#pragma once

#include "sim/rest/api_route.hpp"

namespace guildhall::sim {

[[nodiscard]] net::Response get_guild(const ApiCall& call);
[[nodiscard]] net::Response list_guild_channels(const ApiCall& call);
[[nodiscard]] net::Response list_roles(const ApiCall& call);
/// By rising id, from `after` on.
[[nodiscard]] net::Response list_members(const ApiCall& call);
[[nodiscard]] net::Response get_member(const ApiCall& call);

}  // namespace guildhall::sim
