#pragma once

#include <vector>

#include "database/models/log.hpp"

namespace guildhall::database {
class LogRepository;
}

namespace guildhall::app {

/// What was logged last before this start, oldest first, for those who watch the log from now on. Blocks, two seconds
/// at most; for want of a database there is none.
[[nodiscard]] std::vector<database::Log> earlier_logs(database::LogRepository& repository);

}  // namespace guildhall::app
