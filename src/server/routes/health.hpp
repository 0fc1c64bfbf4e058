#pragma once

#include <array>

#include "server/route.hpp"

namespace guildhall::server::routes {

net::Task<net::Response> show_alive(Context& context);
net::Task<net::Response> show_readiness(Context& context);
net::Task<net::Response> show_metrics(Context& context);

inline constexpr std::array health{
    Route{net::Method::get, "/healthz", Access::everyone, show_alive},
    Route{net::Method::get, "/readyz", Access::everyone, show_readiness},
    Route{net::Method::get, "/metrics", Access::everyone, show_metrics},
};

}  // namespace guildhall::server::routes
