#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "discord/model/member.hpp"
#include "discord/model/role.hpp"

namespace guildhall::discord {

/// A guild as GUILD_CREATE and GUILD_UPDATE show it (Discord: resources/guild, Guild Structure), as far as guildhall
/// needs it.
struct Guild {
  base::GuildId id;
  bool unavailable = false;  ///< Discord has an outage: nothing else is known.
  std::string name{};
  std::optional<std::string> icon{};
  base::UserId owner{};
  std::vector<Role> roles{};
  std::vector<Member> members{};  ///< Those that have roles, of those that Discord shows.
};

}  // namespace guildhall::discord
