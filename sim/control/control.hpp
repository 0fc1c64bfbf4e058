#pragma once

#include "net/http.hpp"
#include "net/router.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

/// The control API below /sim: tests shape the world with it, inject faults and read what was asked. Discord has
/// nothing like it. Errors are `{"error": "A sentence.", "code": "snake_case", "field": "/json/pointer"}`.
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
