#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <vector>

#include "base/id.hpp"
#include "discord/model/ids.hpp"

namespace guildhall::discord {

/// A member of a guild (Discord: resources/guild, Guild Member Structure). `@everyone` is not among the roles.
struct Member {
  base::UserId user;
  std::vector<DiscordRoleId> roles{};
};

/// Nothing where it is no member with its user.
[[nodiscard]] std::optional<Member> parse_member(const boost::json::object& object);
[[nodiscard]] std::optional<Member> parse_member(const boost::json::value& value);

}  // namespace guildhall::discord
