#pragma once

#include <exception>
#include <string>

namespace guildhall::base {

/// The message of an exception, for the log. `failure` is not null.
[[nodiscard]] std::string describe(const std::exception_ptr& failure);

}  // namespace guildhall::base
