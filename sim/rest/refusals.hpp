#pragma once

#include <boost/json/object.hpp>

#include "sim/rest/form_reader.hpp"
#include "sim/world/behaviour.hpp"

namespace guildhall::sim {

/// Throws 50035 where components or embeds of a message contain an id or an address that is refused
/// (Behaviour::refused). `path` is where the message stands in the request's body.
void check_refusals(const Behaviour& behaviour, const boost::json::object& message,
                    const FormProblems::Path& path = {});

}  // namespace guildhall::sim
