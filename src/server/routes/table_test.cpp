#include "server/routes/table.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

#include "api/openapi.hpp"

namespace guildhall::server {
namespace {

using RouteName = std::pair<std::string, std::string>;

/// Pages for browsers, which are no part of the API.
const std::set<RouteName> pages{{"GET", "/"}, {"GET", "/docs/:file"}};

TEST(RouteTable, IsWhatTheDocumentDescribes) {
  std::set<RouteName> served;
  for (const Route& route : route_table) served.emplace(net::to_string(route.method), route.path);
  for (const RouteName& page : pages) EXPECT_EQ(served.erase(page), 1U) << page.second;

  std::set<RouteName> described;
  for (const auto& route : api::documented_routes()) {
    described.emplace(route.method, api::to_route_pattern(route.path));
  }
  EXPECT_EQ(served, described);
}

TEST(RouteTable, AsksForASessionWhereverPersonalDataIs) {
  const std::set<std::string_view> open{"/api/auth/token", "/api/auth/login", "/api/auth/callback"};
  for (const Route& route : route_table) {
    if (!route.path.starts_with("/api/") || open.contains(route.path)) continue;
    EXPECT_NE(route.access, Access::everyone) << route.path;
    EXPECT_EQ(route.access == Access::guild_manager, route.path.starts_with("/api/guilds/")) << route.path;
  }
}

}  // namespace
}  // namespace guildhall::server
