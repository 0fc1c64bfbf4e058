#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "api/openapi.hpp"
#include "database/models/guild.hpp"
#include "net/http.hpp"
#include "net/router.hpp"
#include "server/middleware/authentication.hpp"

namespace guildhall::server {

struct Services;

using api::Access;

/// What a handler has to work with. Lives as long as the handler's task.
struct Context {
  Services& services;
  net::Request& request;
  net::PathParams params;
  std::optional<Session> session;                ///< Set unless the route is for everyone.
  std::shared_ptr<const database::Guild> guild;  ///< Set for guild_manager.
};

/// Answers a request whose access was granted.
using RouteHandler = net::Task<net::Response> (*)(Context& context);

/// A row of the route table.
struct Route {
  net::Method method;
  std::string_view path;  ///< As net::RoutePattern.
  Access access;          ///< Checked before the handler runs.
  RouteHandler handler;
  std::optional<api::Operation> doc{};  ///< Empty for pages, which are no part of the API.
};

}  // namespace guildhall::server
