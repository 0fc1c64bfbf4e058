#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "api/openapi.hpp"
#include "domain/access.hpp"
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
  std::optional<Session> session;            ///< Set unless the route is for everyone.
  std::optional<domain::GuildEditor> guild;  ///< Set for guild_manager.
};

/// The command that `:commandId` of the path names; an id that no command has if it names none.
[[nodiscard]] inline base::CommandId command_id(const Context& context) {
  return base::CommandId::parse(context.params["commandId"]).value_or(base::CommandId{});
}

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
