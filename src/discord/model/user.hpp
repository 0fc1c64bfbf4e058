#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>

#include "base/id.hpp"

namespace guildhall::discord {

/// The fields of a user object that guildhall needs (Discord: resources/user, User Structure).
struct User {
  base::UserId id;
  std::string username;
  std::optional<std::string> global_name;
  std::optional<std::string> avatar;
  std::optional<std::string> email;  ///< Only with scope `email`.
};

/// Nothing if `value` is malformed.
[[nodiscard]] std::optional<User> parse_user(const boost::json::value& value);

}  // namespace guildhall::discord
