#pragma once

#include <string_view>
#include <vector>

#include "config/environment.hpp"

namespace guildhall::config {

/// The names of variables whose value differs.
struct Changes {
  std::vector<std::string_view> reloaded;      ///< Of those that a reload applies.
  std::vector<std::string_view> need_restart;  ///< Of the others.
};

/// What differs between what the program runs with and what was read again. An unset variable has its default.
[[nodiscard]] Changes compare(const Environment& running, const Environment& read);

}  // namespace guildhall::config
