#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"

namespace guildhall::discord {

/// The fields of a user object that guildhall needs (Discord: resources/user, User Structure).
struct User {
  base::UserId id;
  std::string username;  ///< The id where Discord gives no name.
  std::optional<std::string> global_name;
  std::optional<std::string> avatar;
  std::optional<std::string> email;  ///< Only with scope `email`.
};

/// How a user appears to others.
struct UserFace {
  std::string name;        ///< The nickname, else the global name, else the username.
  std::string avatar_url;  ///< Of the picture that Discord shows, also where the user has none of their own.
};

/// The picture of a user (Discord: reference, Image Formatting). `discriminator` is `0`, or empty, for those with the
/// new kind of username.
[[nodiscard]] std::string avatar_url(base::UserId user, std::string_view hash, std::string_view discriminator);

/// Nothing if `value` has no id.
[[nodiscard]] std::optional<User> parse_user(const boost::json::value& value);

}  // namespace guildhall::discord
