#pragma once

#include <optional>
#include <string_view>

#include "net/http.hpp"
#include "net/router.hpp"
#include "net/task.hpp"
#include "sim/rest/api_route.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

/// Discord's REST API: finds the route, injects faults, authenticates, applies rate limits, and keeps the journal.
class Api {
 public:
  /// The simulation outlives the API.
  explicit Api(Simulation& sim);

  /// Whether a path is below /api.
  [[nodiscard]] static bool owns(std::string_view path);

  /// Handles a request whose path it owns.
  [[nodiscard]] net::Task<net::Response> handle(net::Request& request) const;

 private:
  [[nodiscard]] net::Response answer_route(const net::Request& request, const net::RouteMatch& match,
                                           const ApiRoute* route) const;

  Simulation& sim_;
  net::Router router_;
};

/// The pattern of the API route that `text` names: the names of its parameters do not matter and may be written
/// `:name` or `{name}`. Nothing if there is no such route.
[[nodiscard]] std::optional<std::string_view> find_route_pattern(std::string_view text);

}  // namespace guildhall::sim
