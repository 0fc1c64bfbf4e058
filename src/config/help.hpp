#pragma once

#include <string>

#include "config/environment.hpp"

namespace guildhall::config {

/// The part of `--help` about variables: doc and default of each, by section, at most 100 columns wide.
[[nodiscard]] std::string environment_help();

/// `.env.example`: every variable with its doc; optional ones are commented out.
[[nodiscard]] std::string env_example();

/// Each variable's value and origin in lines of `NAME=value (origin)`, secrets as `<redacted>`. For the debug log.
[[nodiscard]] std::string describe(const Environment& environment);

}  // namespace guildhall::config
