#include "sim/rest/gateway_routes.hpp"

#include "sim/answers.hpp"
#include "sim/gateway/address.hpp"

namespace guildhall::sim {

net::Response get_gateway(const ApiCall& call) { return json_answer(200, {{"url", gateway_url(call.request)}}); }

net::Response get_bot_gateway(const ApiCall& call) {
  const GatewaySettings& settings = call.sim.gateway.settings;
  const IdentifyLimits& limits = call.sim.gateway.limits;
  return json_answer(200, {
                              {"url", gateway_url(call.request)},
                              {"shards", settings.shards},
                              {"session_start_limit",
                               {
                                   {"total", settings.start_total},
                                   {"remaining", limits.remaining()},
                                   {"reset_after", limits.reset_after().count()},
                                   {"max_concurrency", settings.max_concurrency},
                               }},
                          });
}

}  // namespace guildhall::sim
