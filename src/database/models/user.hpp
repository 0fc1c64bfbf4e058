#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "database/models/role.hpp"

namespace guildhall::database {

/// A row of table `users`, with the person's roles. The refresh token stays in the table: see UserRepository.
struct User {
  static constexpr const char* table = "users";

  base::UserId id;
  std::string username;
  std::optional<std::string> global_name;
  std::optional<std::string> avatar;  ///< Discord's image hash.
  std::optional<std::string> email;
  std::vector<Role> roles;  ///< Ordered by id.
  base::Timestamp created_at;
  base::Timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(User, (), (id, username, global_name, avatar, email, roles, created_at, updated_at))

}  // namespace guildhall::database
