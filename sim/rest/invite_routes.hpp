#pragma once

#include "sim/rest/api_route.hpp"

namespace guildhall::sim {

[[nodiscard]] net::Response create_invite(const ApiCall& call);
[[nodiscard]] net::Response list_channel_invites(const ApiCall& call);
[[nodiscard]] net::Response list_guild_invites(const ApiCall& call);
[[nodiscard]] net::Response get_invite(const ApiCall& call);
[[nodiscard]] net::Response delete_invite(const ApiCall& call);

}  // namespace guildhall::sim
