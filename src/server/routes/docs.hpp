#pragma once

#include <array>

#include "server/route.hpp"

namespace guildhall::server::routes {

net::Task<net::Response> show_docs(Context& context);
net::Task<net::Response> show_openapi(Context& context);
net::Task<net::Response> show_docs_file(Context& context);

inline constexpr std::array docs{
    Route{net::Method::get, "/docs", Access::everyone, show_docs},
    Route{net::Method::get, "/docs/openapi.json", Access::everyone, show_openapi},
    Route{net::Method::get, "/docs/:file", Access::everyone, show_docs_file},
};

}  // namespace guildhall::server::routes
