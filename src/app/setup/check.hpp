#pragma once

#include <cstdint>
#include <functional>
#include <ostream>
#include <string>

#include "config/environment.hpp"

namespace guildhall::app {

enum class ReportFormat : std::uint8_t { text, json };

/// `guildhall check`: looks at everything and reports on `out`. `read` may throw config::Error, which is then what was
/// found. Returns the exit code: 0 if all is well, 1 for warnings, 2 for failures. The program should then end by
/// std::_Exit, see run_checks.
[[nodiscard]] int run_check(const std::function<config::Environment()>& read, const std::string& env_file,
                            ReportFormat format, std::ostream& out);

}  // namespace guildhall::app
