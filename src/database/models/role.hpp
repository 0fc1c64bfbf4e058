#pragma once

#include <boost/describe/class.hpp>
#include <string>
#include <string_view>

#include "base/id.hpp"

namespace guildhall::database {

/// The role that may see and change everything.
inline constexpr std::string_view admin_role = "ADMIN";
/// The role of everybody who has logged in.
inline constexpr std::string_view user_role = "USER";

/// Where a user's role came from: column `source` of table `user_roles`.
namespace role_source {
inline constexpr std::string_view list = "list";        ///< ADMIN_USER_IDS; the role goes with it.
inline constexpr std::string_view login = "login";      ///< Everybody gets it.
inline constexpr std::string_view added = "added";      ///< An operator, who alone takes it away.
inline constexpr std::string_view adopted = "adopted";  ///< The database of another program; as `added`.
}  // namespace role_source

/// A row of table `roles`.
struct Role {
  static constexpr const char* table = "roles";

  base::RoleId id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(Role, (), (id, name))

}  // namespace guildhall::database
