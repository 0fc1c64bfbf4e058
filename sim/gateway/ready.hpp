#pragma once

#include <boost/json/object.hpp>

#include "sim/gateway/connection.hpp"
#include "sim/gateway/session.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// What READY says (Discord: Gateway Events, "Ready"): all guilds of the shard as unavailable, for they come one by
/// one.
[[nodiscard]] boost::json::object ready_data(const World& world, const GatewaySession& session,
                                             const GatewayAddress& address);

}  // namespace guildhall::sim
