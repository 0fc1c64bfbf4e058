#include "sim/control/rate_limit_controls.hpp"

#include <utility>

#include "sim/answers.hpp"
#include "sim/world/rate_limits_json.hpp"

namespace guildhall::sim {

net::Response show_rate_limits(const ControlCall& call) {
  return json_answer(200, to_json(call.sim.world.rate_limits));
}

net::Response change_rate_limits(const ControlCall& call) {
  RateLimits limits = call.sim.world.rate_limits;
  const auto body = call.json();
  ObjectReader reader(body, "");
  read_fields(reader, limits);
  reader.finish();
  call.sim.world.rate_limits = std::move(limits);
  call.sim.limiter = RateLimiter(call.sim.clock());
  return show_rate_limits(call);
}

}  // namespace guildhall::sim
