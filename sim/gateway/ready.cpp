#include "sim/gateway/ready.hpp"

#include <boost/json/array.hpp>
#include <utility>

#include "sim/objects/user.hpp"

namespace guildhall::sim {

using boost::json::array;
using boost::json::object;

object ready_data(const World& world, const GatewaySession& session, const GatewayAddress& address) {
  const Shard shard = session.shard();
  object user = bot_user_response(world.application);
  user["verified"] = true;
  user["mfa_enabled"] = true;
  user["email"] = nullptr;
  array guilds;
  for (const Guild* guild : world.guilds_of_bot()) {
    if (shard.covers(guild->id)) guilds.push_back({{"id", guild->id.to_string()}, {"unavailable", true}});
  }
  return {
      {"v", address.version},
      {"user", std::move(user)},
      {"guilds", std::move(guilds)},
      {"session_id", session.id()},
      {"session_type", "normal"},
      {"resume_gateway_url", address.resume_url},
      {"shard", array{shard.id, shard.count}},
      {"application", {{"id", world.application.id.to_string()}, {"flags", 0}}},
      {"private_channels", array()},
      {"presences", array()},
      {"relationships", array()},
      {"user_settings", object()},
      {"geo_ordered_rtc_regions", array()},
      {"_trace", array{"[\"discord-sim\"]"}},
  };
}

}  // namespace guildhall::sim
