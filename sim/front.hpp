#pragma once

#include <string_view>

#include "net/http.hpp"
#include "net/task.hpp"
#include "sim/control/control.hpp"
#include "sim/pages/pages.hpp"
#include "sim/rest/api.hpp"

namespace guildhall::sim {

/// All that discord-sim answers over HTTP: the API below /api, the control API below /sim, and pages.
class Front {
 public:
  /// The simulation outlives it.
  explicit Front(Simulation& sim) : api_(sim), control_(sim), pages_(sim) {}

  [[nodiscard]] net::Task<net::Response> handle(net::Request& request) const;

 private:
  Api api_;
  Control control_;
  Pages pages_;
};

/// The body of an answer that the server gives by itself, in Discord's form.
[[nodiscard]] net::Response reject(unsigned status, std::string_view sentence);

}  // namespace guildhall::sim
