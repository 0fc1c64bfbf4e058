#include "server/routes/table.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

namespace guildhall::server {
namespace {

using RouteName = std::pair<std::string, std::string>;

/// Pages for browsers, which are not part of the API.
const std::set<RouteName> pages{
    {"GET", "/"},       {"GET", "/account"},  {"GET", "/admin"},        {"GET", "/admin/*"},
    {"GET", "/guilds"}, {"GET", "/guilds/*"}, {"GET", "/assets/:file"}, {"GET", "/docs/:file"}};

TEST(RouteTable, IsWhatTheDocumentDescribes) {
  std::set<RouteName> undocumented;
  for (const Route& route : route_table()) {
    if (!route.doc) undocumented.emplace(net::to_string(route.method), route.path);
  }
  EXPECT_EQ(undocumented, pages);
}

TEST(RouteTable, WithoutTheDashboardHasTheDocumentationAlone) {
  std::set<RouteName> undocumented;
  std::size_t documented = 0;
  for (const Route& route : route_table_without_dashboard()) {
    if (route.doc) ++documented;
    if (!route.doc) undocumented.emplace(net::to_string(route.method), route.path);
  }
  EXPECT_EQ(undocumented, (std::set<RouteName>{{"GET", "/"}, {"GET", "/docs/:file"}}));
  EXPECT_EQ(documented, documented_routes().size());
}

TEST(RouteTable, AsksForASessionWhereverPersonalDataIs) {
  const std::set<std::string_view> open{"/api/auth/token", "/api/auth/login", "/api/auth/callback", "/api/bot"};
  for (const Route& route : route_table()) {
    if (!route.path.starts_with("/api/") || open.contains(route.path)) continue;
    EXPECT_NE(route.access, Access::everyone) << route.path;
    EXPECT_EQ(route.access == Access::guild_manager, route.path.starts_with("/api/guilds/")) << route.path;
  }
}

}  // namespace
}  // namespace guildhall::server
