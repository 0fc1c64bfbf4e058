#pragma once

#include "net/http.hpp"
#include "net/router.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

/// The control API below /sim, with which tests change the world, inject faults and read the requests. Discord has
/// no such API. Errors are `{"error": "A sentence.", "code": "snake_case", "field": "/json/pointer"}`.
class Control {
 public:
  /// The simulation outlives the API.
  explicit Control(Simulation& sim);

  /// Whether a path is below /sim.
  [[nodiscard]] static bool owns(std::string_view path);

  [[nodiscard]] net::Response handle(const net::Request& request) const;

 private:
  Simulation& sim_;
  net::Router router_;
};

}  // namespace guildhall::sim
