#pragma once

#include "base/metrics.hpp"

namespace guildhall::logger {

class LogQueue;

/// Rows on their way to table `logs`. Any thread.
[[nodiscard]] base::MetricFamilies metrics(const LogQueue& queue);

}  // namespace guildhall::logger
