#pragma once

#include <string>
#include <string_view>

#include "base/id.hpp"

namespace guildhall::database {

/// The role that may see and change everything.
inline constexpr std::string_view admin_role = "ADMIN";

/// A row of table `roles`.
struct Role {
  base::RoleId id;
  std::string name;
};

}  // namespace guildhall::database
