#pragma once

#include "net/http.hpp"
#include "net/router.hpp"
#include "net/task.hpp"
#include "sim/pages/live_channels.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

/// What users open in a browser: the landing page, the authorize page, the channel pages and their assets.
class Pages {
 public:
  /// The simulation and the event loop outlive the pages.
  Pages(Simulation& sim, net::Executor executor);

  [[nodiscard]] net::Response handle(const net::Request& request);

 private:
  Simulation& sim_;
  LiveChannels live_;
  net::Router router_;
};

}  // namespace guildhall::sim
