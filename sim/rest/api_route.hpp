#pragma once

#include <cstdint>
#include <string_view>

#include "net/form.hpp"
#include "net/http.hpp"
#include "net/router.hpp"
#include "sim/rest/caller.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

/// The tokens a route accepts; others get 401.
enum class Access : std::uint8_t { anyone, bot, bearer, bot_or_bearer };

/// A request that has passed authentication and rate limits.
struct ApiCall {
  Simulation& sim;
  const net::Request& request;
  const net::PathParams& params;
  const net::FormFields& query;
  const Caller& caller;
};

/// A row of the table of API routes. Handlers run on the event loop, do not wait, and throw DiscordError.
struct ApiRoute {
  net::Method method;
  std::string_view path;  ///< Below /api and /api/v10.
  Access access;
  std::string_view scope;  ///< The scope a Bearer token needs, else 403; empty if any will do.
  Bucket bucket;
  net::Response (*handle)(const ApiCall& call);
};

}  // namespace guildhall::sim
