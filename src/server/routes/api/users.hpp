#pragma once

#include <array>

#include "server/route.hpp"

namespace guildhall::server::routes {

net::Task<net::Response> show_me(Context& context);
net::Task<net::Response> list_my_guilds(Context& context);

inline constexpr std::array users{
    Route{net::Method::get, "/api/users/me", Access::session, show_me},
    Route{net::Method::get, "/api/users/me/guilds", Access::session, list_my_guilds},
};

}  // namespace guildhall::server::routes
