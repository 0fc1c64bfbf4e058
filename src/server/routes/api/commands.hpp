#pragma once

#include <array>

#include "server/route.hpp"

namespace guildhall::server::routes {

net::Task<net::Response> list_commands(Context& context);
net::Task<net::Response> create_command(Context& context);
net::Task<net::Response> show_command(Context& context);
net::Task<net::Response> replace_command(Context& context);
net::Task<net::Response> change_command(Context& context);
net::Task<net::Response> remove_command(Context& context);
net::Task<net::Response> try_command(Context& context);

inline constexpr std::array commands{
    Route{net::Method::get, "/api/guilds/:id/commands", Access::guild_manager, list_commands},
    Route{net::Method::post, "/api/guilds/:id/commands", Access::guild_manager, create_command},
    Route{net::Method::get, "/api/guilds/:id/commands/:commandId", Access::guild_manager, show_command},
    Route{net::Method::put, "/api/guilds/:id/commands/:commandId", Access::guild_manager, replace_command},
    Route{net::Method::patch, "/api/guilds/:id/commands/:commandId", Access::guild_manager, change_command},
    Route{net::Method::delete_, "/api/guilds/:id/commands/:commandId", Access::guild_manager, remove_command},
    Route{net::Method::post, "/api/guilds/:id/commands/:commandId/test", Access::guild_manager, try_command},
};

}  // namespace guildhall::server::routes
