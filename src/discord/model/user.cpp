#include "discord/model/user.hpp"

#include <boost/json/value.hpp>

#include "discord/model/fields.hpp"

namespace guildhall::discord {

std::optional<User> parse_user(const boost::json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  const auto id = id_field<base::UserId>(*object, "id");
  auto username = text_field(*object, "username");
  if (!id || !username) return std::nullopt;
  return User{*id, std::move(*username), text_field(*object, "global_name"), text_field(*object, "avatar"),
              text_field(*object, "email")};
}

}  // namespace guildhall::discord
