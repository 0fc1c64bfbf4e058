#pragma once

#include <string_view>
#include <utility>

#include "net/http.hpp"
#include "net/task.hpp"
#include "sim/control/control.hpp"
#include "sim/gateway/server.hpp"
#include "sim/pages/pages.hpp"
#include "sim/rest/api.hpp"

namespace guildhall::sim {

/// Dispatches HTTP requests to the API below /api, the gateway, the control API below /sim, and the pages.
class Dispatcher {
 public:
  /// All outlive it. `executor` is the event loop on which requests are handled.
  Dispatcher(Simulation& sim, GatewayServer& gateway, net::Executor executor)
      : api_(sim), gateway_(gateway), control_(sim), pages_(sim, std::move(executor)) {}

  [[nodiscard]] net::Task<net::Response> handle(net::Request& request);

 private:
  Api api_;
  GatewayServer& gateway_;
  Control control_;
  Pages pages_;
};

/// The body of a response that the server makes by itself, in Discord's form.
[[nodiscard]] net::Response reject(unsigned status, std::string_view sentence);

}  // namespace guildhall::sim
