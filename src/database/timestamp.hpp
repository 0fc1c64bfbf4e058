#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace guildhall::database {

/// The text in a column of time: `2026-01-31 12:34:56.789`, UTC. It sorts as text, and DATETIME(3) reads and writes it.
[[nodiscard]] std::string to_column(base::Timestamp time);

/// The time in such a text; the fraction may be missing or shorter. Throws std::invalid_argument for other texts, which
/// somebody must have edited.
[[nodiscard]] base::Timestamp timestamp_from_column(std::string_view text);

}  // namespace guildhall::database
