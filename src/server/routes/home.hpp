#pragma once

#include <array>

#include "server/route.hpp"

namespace guildhall::server::routes {

/// Where people land who open the server's address.
net::Task<net::Response> show_home(Context& context);

inline constexpr std::array home{
    Route{net::Method::get, "/", Access::everyone, show_home},
};

}  // namespace guildhall::server::routes
