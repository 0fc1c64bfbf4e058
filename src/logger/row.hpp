#pragma once

#include "base/log.hpp"
#include "database/models/log.hpp"

namespace guildhall::logger {

/// The record as table `logs` and dashboards have it: the fields are part of the message.
[[nodiscard]] database::Log row_of(const base::LogRecord& record);

}  // namespace guildhall::logger
