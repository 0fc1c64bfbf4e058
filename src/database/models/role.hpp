#pragma once

#include <boost/describe/class.hpp>
#include <string>
#include <string_view>

#include "base/id.hpp"

namespace guildhall::database {

/// The role that may see and change everything.
inline constexpr std::string_view admin_role = "ADMIN";

/// A row of table `roles`.
struct Role {
  static constexpr const char* table = "roles";

  base::RoleId id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(Role, (), (id, name))

}  // namespace guildhall::database
