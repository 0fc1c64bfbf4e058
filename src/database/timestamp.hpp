#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace guildhall::database {

/// As columns of time hold it: `2026-01-31 12:34:56.789`, UTC. Sorts as text, and is what DATETIME(3) reads and writes.
[[nodiscard]] std::string to_column(base::Timestamp time);

/// The other way round; the fraction may be missing or shorter. Throws std::invalid_argument where the text is no such
/// time: somebody edited it.
[[nodiscard]] base::Timestamp timestamp_from_column(std::string_view text);

}  // namespace guildhall::database
