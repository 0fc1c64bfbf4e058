#pragma once

#include <boost/json/object.hpp>

#include "sim/world/object_reader.hpp"
#include "sim/world/rate_limits.hpp"

namespace guildhall::sim {

/// As read_fields reads them.
[[nodiscard]] boost::json::object to_json(const RateLimits& limits);

/// Changes the limits by the fields that are there; the caller finishes the reader.
void read_fields(ObjectReader& reader, RateLimits& limits);

}  // namespace guildhall::sim
