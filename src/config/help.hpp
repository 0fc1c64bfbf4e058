#pragma once

#include <string>

#include "config/environment.hpp"

namespace guildhall::config {

/// The part of `--help` about variables: each with its doc and default, by section, at most 100 columns wide.
[[nodiscard]] std::string environment_help();

/// `.env.example`: every variable with its doc, commented out where it need not be set.
[[nodiscard]] std::string env_example();

/// Where each variable's value comes from, one `NAME=value (origin)` a line; secrets as `<redacted>`. For the debug
/// log.
[[nodiscard]] std::string describe(const Environment& environment);

}  // namespace guildhall::config
