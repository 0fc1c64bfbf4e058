#pragma once

#include <boost/describe/class.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "database/models/role.hpp"

namespace guildhall::database {

/// A person who has logged in, for operators.
struct ListedUser {
  base::UserId id;
  std::string username;
  std::optional<std::string> global_name;
  std::optional<std::string> avatar;
  std::vector<Role> roles;  ///< Ordered by id.
  base::Timestamp created_at;
  std::optional<base::Timestamp> last_seen_at;  ///< By the sessions that have not expired.
};
BOOST_DESCRIBE_STRUCT(ListedUser, (), (id, username, global_name, avatar, roles, created_at, last_seen_at))

/// Which of them, and from where on.
struct UserFilter {
  std::string search{};                  ///< An id, or a part of a name without regard to case; empty: everybody.
  std::optional<base::UserId> before{};  ///< Those with a lower id.
  std::size_t limit = 50;
};

}  // namespace guildhall::database
