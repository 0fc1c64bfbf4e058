#pragma once

#include <chrono>
#include <memory>
#include <string_view>

#include "net/event_loops.hpp"
#include "net/http.hpp"
#include "net/task.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

/// The gateway's WebSockets. It has no port of its own: HTTP servers pass it the requests for its path. All members are
/// called on the home loop.
class GatewayServer {
 public:
  /// The simulation outlives the server.
  GatewayServer(Simulation& sim, net::EventLoops& loops);
  ~GatewayServer();
  GatewayServer(const GatewayServer&) = delete;
  GatewayServer& operator=(const GatewayServer&) = delete;

  /// Whether a path is the gateway's.
  [[nodiscard]] static bool owns(std::string_view path);

  /// Responds to a request for its path: 101, or an error.
  [[nodiscard]] net::Response answer(const net::Request& request);

  /// Closes all connections within a second. Await it before the loops stop.
  [[nodiscard]] net::Task<> close();

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace guildhall::sim
