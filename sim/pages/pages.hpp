#pragma once

#include "net/http.hpp"
#include "net/router.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

/// What people open in a browser: the landing page, the authorize page and their assets.
class Pages {
 public:
  /// The simulation outlives the pages.
  explicit Pages(Simulation& sim);

  [[nodiscard]] net::Response handle(const net::Request& request) const;

 private:
  Simulation& sim_;
  net::Router router_;
};

}  // namespace guildhall::sim
