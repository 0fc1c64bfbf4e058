#include "server/routes/table.hpp"

#include <iterator>

namespace guildhall::server {
namespace {

using RouteList = std::vector<Route> (*)();

/// The routes of the API and of `pages`.
std::vector<Route> join_routes(RouteList pages) {
  std::vector<Route> all;
  for (const RouteList list : {&routes::auth, &routes::bot, &routes::users, &routes::sessions, &routes::guilds,
                               &routes::guild_lists, &routes::guild_stats, &routes::commands, &routes::command_test,
                               &routes::logs, &routes::admin, &routes::docs, &routes::health, pages}) {
    auto rows = list();
    std::move(rows.begin(), rows.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace

const std::vector<Route>& route_table() {
  static const std::vector<Route> table = join_routes(&routes::dashboard);
  return table;
}

const std::vector<Route>& route_table_without_dashboard() {
  static const std::vector<Route> table = join_routes(&routes::no_dashboard);
  return table;
}

std::vector<api::DocumentedRoute> documented_routes() {
  std::vector<api::DocumentedRoute> documented;
  for (const Route& route : route_table()) {
    if (route.doc) documented.push_back({net::to_string(route.method), route.path, route.access, *route.doc});
  }
  return documented;
}

std::string openapi_document(std::string_view server_url, std::string_view version) {
  return api::openapi_document(documented_routes(), server_url, version);
}

}  // namespace guildhall::server
