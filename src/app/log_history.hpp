#pragma once

#include <vector>

#include "database/models/log.hpp"

namespace guildhall::database {
class LogRepository;
}

namespace guildhall::app {

/// The last log entries before this start, oldest first, for clients that watch the log. Blocks for at most two
/// seconds; empty if the database is not available.
[[nodiscard]] std::vector<database::Log> read_log_history(database::LogRepository& repository);

}  // namespace guildhall::app
