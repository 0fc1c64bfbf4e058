#pragma once

#include <stdexcept>

namespace guildhall::config {

/// The configuration does not allow a start. `what()` is one line that names the variable or file at fault and says
/// what was expected; it never holds a secret's value.
class Error : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace guildhall::config
