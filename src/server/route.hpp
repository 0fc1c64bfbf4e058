#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "database/models/guild.hpp"
#include "net/http.hpp"
#include "net/router.hpp"
#include "server/session.hpp"

namespace guildhall::server {

struct Services;

/// Who may use a route; checked before its handler runs.
enum class Access : std::uint8_t {
  everyone,
  session,        ///< Whoever is logged in.
  guild_manager,  ///< Who may manage the guild that the path's `:id` names, in which the bot is.
  admin,          ///< Role ADMIN.
};

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
  Access access;
  RouteHandler handler;
};

}  // namespace guildhall::server
