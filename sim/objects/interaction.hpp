#pragma once

#include <boost/json/object.hpp>

#include "sim/world/interaction.hpp"
#include "sim/world/message_log.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// What INTERACTION_CREATE says (Discord: Receiving and Responding, "Interaction Object").
[[nodiscard]] boost::json::object interaction_data(const World& world, const MessageLog& messages,
                                                   const Interaction& interaction);

}  // namespace guildhall::sim
