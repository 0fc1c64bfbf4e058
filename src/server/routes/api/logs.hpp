#pragma once

#include <array>

#include "server/route.hpp"

namespace guildhall::server::routes {

net::Task<net::Response> list_logs(Context& context);

inline constexpr std::array logs{
    Route{net::Method::get, "/api/logs", Access::admin, list_logs},
};

}  // namespace guildhall::server::routes
