#pragma once

#include <boost/json/object.hpp>

#include "base/result.hpp"
#include "sim/interactions/command_call.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// The `data` of the interaction of somebody who submits a modal (Discord: Receiving and Responding, "Modal Submit
/// Data"). `fields` are the values by custom id: a text, a list of chosen values or ids, or for a checkbox a boolean.
/// What is left out has the value that the modal gave it. Errc::invalid, whose field is a JSON pointer into the
/// request, where a field is unknown, missing or not what its component takes.
[[nodiscard]] base::Result<boost::json::object> modal_data(const boost::json::object& modal,
                                                           const boost::json::object& fields, const World& world,
                                                           const Guild* guild, const AttachmentsById& attachments);

}  // namespace guildhall::sim
