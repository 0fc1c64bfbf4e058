#include "server/session.hpp"

#include <algorithm>

namespace guildhall::server {

bool Session::is_admin() const {
  return std::any_of(user->roles.begin(), user->roles.end(),
                     [](const database::Role& role) { return role.name == database::admin_role; });
}

}  // namespace guildhall::server
