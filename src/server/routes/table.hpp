#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/route.hpp"

namespace guildhall::server {

/// Every route of the product: the lists below, one after the other.
[[nodiscard]] const std::vector<Route>& route_table();

/// The same with `no_dashboard` in place of `dashboard`.
[[nodiscard]] const std::vector<Route>& route_table_without_dashboard();

/// The routes that have documentation.
[[nodiscard]] std::vector<api::DocumentedRoute> documented_routes();

/// Their OpenAPI document, as api::openapi_document.
[[nodiscard]] std::string openapi_document(std::string_view server_url, std::string_view version);

/// The routes of each file.
namespace routes {

[[nodiscard]] std::vector<Route> bot();
[[nodiscard]] std::vector<Route> auth();
[[nodiscard]] std::vector<Route> users();
[[nodiscard]] std::vector<Route> sessions();
[[nodiscard]] std::vector<Route> guilds();
[[nodiscard]] std::vector<Route> guild_lists();
[[nodiscard]] std::vector<Route> guild_stats();
[[nodiscard]] std::vector<Route> commands();
[[nodiscard]] std::vector<Route> command_test();
[[nodiscard]] std::vector<Route> logs();
[[nodiscard]] std::vector<Route> admin();
[[nodiscard]] std::vector<Route> docs();
[[nodiscard]] std::vector<Route> health();
[[nodiscard]] std::vector<Route> dashboard();
[[nodiscard]] std::vector<Route> no_dashboard();

}  // namespace routes
}  // namespace guildhall::server
