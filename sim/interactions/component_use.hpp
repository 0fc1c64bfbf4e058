#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string_view>

#include "base/result.hpp"
#include "sim/world/message.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// The `data` of the interaction of somebody who uses a component of `message` (Discord: Receiving and Responding,
/// "Message Component Data"). `values` are the choices of a menu, none for a button. Errc::not_found if the message
/// has no such component, Errc::invalid if it is disabled or has no such choices.
[[nodiscard]] base::Result<boost::json::object> component_data(const Message& message, std::string_view custom_id,
                                                               const boost::json::array& values, const World& world,
                                                               const Guild* guild);

}  // namespace guildhall::sim
