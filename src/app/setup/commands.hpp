#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "config/environment.hpp"

// `guildhall setup` and `guildhall check`.
namespace guildhall::app {

struct SetupOptions {
  std::string env_file;
  std::string answers;           ///< A file of `NAME=value`, `-` for standard input; empty: ask.
  std::vector<std::string> set;  ///< Further answers, `NAME=value`.
};

/// See set_up. Throws StartError, config::Error, NoAnswer.
void run_setup(const SetupOptions& options, const config::Environment& known, std::ostream& out);

enum class ReportFormat : std::uint8_t { text, json };

/// Looks at everything and reports on `out`. `read` may throw config::Error, which is then what was found. Returns the
/// exit code: 0 if all is well, 1 for warnings, 2 for failures. The program should then end by std::_Exit, see
/// run_checks.
[[nodiscard]] int run_check(const std::function<config::Environment()>& read, const std::string& env_file,
                            ReportFormat format, std::ostream& out);

}  // namespace guildhall::app
