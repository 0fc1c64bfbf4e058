#pragma once

#include <ostream>
#include <string>

#include "app/setup/questioner.hpp"
#include "config/environment.hpp"

namespace guildhall::app {

/// Leads through a first installation, or a change of one: asks for one thing at a time, tries each answer at once,
/// and writes `env_file` at the end. `known` are the values so far, which are the fallbacks. Nothing secret is shown.
/// Throws NoAnswer, config::Error.
void set_up(Questioner& questioner, const config::Environment& known, const std::string& env_file, std::ostream& out);

}  // namespace guildhall::app
