#pragma once

#include <array>

#include "server/route.hpp"

namespace guildhall::server::routes {

net::Task<net::Response> exchange_token(Context& context);
net::Task<net::Response> log_in(Context& context);
net::Task<net::Response> finish_login(Context& context);
net::Task<net::Response> refresh_token(Context& context);
net::Task<net::Response> log_out(Context& context);

inline constexpr std::array auth{
    Route{net::Method::post, "/api/auth/token", Access::everyone, exchange_token},
    Route{net::Method::get, "/api/auth/login", Access::everyone, log_in},
    Route{net::Method::get, "/api/auth/callback", Access::everyone, finish_login},
    Route{net::Method::post, "/api/auth/refresh", Access::session, refresh_token},
    Route{net::Method::post, "/api/auth/logout", Access::session, log_out},
};

}  // namespace guildhall::server::routes
