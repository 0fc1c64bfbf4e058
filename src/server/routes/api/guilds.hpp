#pragma once

#include <array>

#include "server/route.hpp"

namespace guildhall::server::routes {

net::Task<net::Response> show_guild(Context& context);
net::Task<net::Response> change_guild(Context& context);

inline constexpr std::array guilds{
    Route{net::Method::get, "/api/guilds/:id", Access::guild_manager, show_guild},
    Route{net::Method::put, "/api/guilds/:id", Access::guild_manager, change_guild},
    Route{net::Method::patch, "/api/guilds/:id", Access::guild_manager, change_guild},
};

}  // namespace guildhall::server::routes
