#pragma once

#include <boost/json/fwd.hpp>
#include <optional>

#include "discord/model/ids.hpp"
#include "discord/model/permissions.hpp"

namespace guildhall::discord {

/// A role of a guild (Discord: topics/permissions, Role Structure). `@everyone` has the guild's id.
struct Role {
  DiscordRoleId id;
  Permissions permissions;
};

/// Nothing where `value` is no role.
[[nodiscard]] std::optional<Role> parse_role(const boost::json::value& value);

}  // namespace guildhall::discord
