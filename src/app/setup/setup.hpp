#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "config/environment.hpp"

namespace guildhall::app {

struct SetupOptions {
  std::string env_file;
  std::string answers;           ///< A file of `NAME=value`, `-` for standard input; empty: ask.
  std::vector<std::string> set;  ///< Further answers, `NAME=value`.
};

/// `guildhall setup`: leads through a first installation, or a change of one: asks for one thing at a time, tries each
/// answer at once, and writes the env file at the end. `known` are the values so far, which are the fallbacks. Nothing
/// secret is shown. Throws StartError, config::Error, NoAnswer.
void run_setup(const SetupOptions& options, const config::Environment& known, std::ostream& out);

}  // namespace guildhall::app
