#include "sim/rest/application_routes.hpp"

#include <boost/json/array.hpp>

#include "sim/answers.hpp"
#include "sim/rest/discord_json.hpp"

namespace guildhall::sim {

net::Response get_current_application(const ApiCall& call) {
  return json_answer(
      200, private_application_response(call.sim.world, call.sim.grants.size(), call.sim.gateway.settings.disallowed));
}

net::Response get_current_authorization(const ApiCall& call) {
  const auto& authorization = *call.caller.authorization;
  boost::json::object response{
      {"application", application_response(call.sim.world.application)},
      {"scopes", boost::json::array(authorization.scopes.begin(), authorization.scopes.end())},
      {"expires", to_discord_time(authorization.access_expires)},
  };
  const auto* user = call.sim.world.find_user(authorization.user);
  if (user != nullptr && holds(authorization.scopes, "identify")) response["user"] = user_response(*user);
  return json_answer(200, response);
}

}  // namespace guildhall::sim
