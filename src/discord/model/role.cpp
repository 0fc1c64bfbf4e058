#include "discord/model/role.hpp"

#include <boost/json/value.hpp>

#include "discord/model/fields.hpp"

namespace guildhall::discord {

std::optional<Role> parse_role(const boost::json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  const auto id = id_field<DiscordRoleId>(*object, "id");
  const auto bits = id_field<PermissionBits>(*object, "permissions");
  if (!id || !bits) return std::nullopt;
  return Role{*id, Permissions(bits->value())};
}

}  // namespace guildhall::discord
