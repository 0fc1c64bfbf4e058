#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "discord/model/permissions.hpp"

namespace guildhall::discord {

/// A guild as `GET /users/@me/guilds` lists it (Discord: resources/user, Get Current User Guilds).
struct PartialGuild {
  base::GuildId id;
  std::string name;
  std::optional<std::string> icon;
  bool owner = false;
  Permissions permissions;  ///< Of whoever asked, in the whole guild.

  /// Whether whoever asked may change the guild's settings.
  [[nodiscard]] bool manageable() const { return owner || permissions.may_manage_guild(); }
};

/// Nothing where `value` is no list of partial guilds; one that is malformed makes the whole list so.
[[nodiscard]] std::optional<std::vector<PartialGuild>> parse_partial_guilds(const boost::json::value& value);

}  // namespace guildhall::discord
