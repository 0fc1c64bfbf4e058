#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>

#include "base/id.hpp"

namespace guildhall::discord {

/// A user object (Discord: resources/user, User Structure), as far as guildhall needs it.
struct User {
  base::UserId id;
  std::string username;
  std::optional<std::string> global_name;
  std::optional<std::string> avatar;
  std::optional<std::string> email;  ///< Only with scope `email`.
};

/// Nothing where `value` is no user object.
[[nodiscard]] std::optional<User> parse_user(const boost::json::value& value);

}  // namespace guildhall::discord
