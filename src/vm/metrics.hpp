#pragma once

#include "base/metrics.hpp"

namespace guildhall::vm {

class ScriptHost;

/// Runs of scripts and how they ended. Any thread.
[[nodiscard]] base::MetricFamilies metrics(const ScriptHost& host);

}  // namespace guildhall::vm
