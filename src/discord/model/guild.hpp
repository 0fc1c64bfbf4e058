#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "discord/model/ids.hpp"

namespace guildhall::discord {

/// Permissions as JSON has them: a string of digits.
using PermissionBits = base::Id<struct PermissionBitsTag>;

/// A set of permissions (Discord: topics/permissions), a string of digits in JSON.
class Permissions {
 public:
  static constexpr std::uint64_t administrator = 1ULL << 3U;
  static constexpr std::uint64_t manage_guild = 1ULL << 5U;
  static constexpr std::uint64_t all = UINT64_MAX;  ///< Those of a guild's owner and of administrators.

  constexpr Permissions() = default;
  constexpr explicit Permissions(std::uint64_t bits) : bits_(bits) {}

  [[nodiscard]] constexpr std::uint64_t bits() const { return bits_; }

  /// Whether who has these may change a guild's settings: ADMINISTRATOR stands for every permission.
  [[nodiscard]] constexpr bool may_manage_guild() const { return (bits_ & (administrator | manage_guild)) != 0; }

 private:
  std::uint64_t bits_ = 0;
};

/// A role of a guild (Discord: topics/permissions, Role Structure). `@everyone` has the guild's id.
struct Role {
  DiscordRoleId id;
  Permissions permissions;
};

/// Nothing where `value` is no role.
[[nodiscard]] std::optional<Role> parse_role(const boost::json::value& value);

/// A member of a guild (Discord: resources/guild, Guild Member Structure). `@everyone` is not among the roles.
struct Member {
  base::UserId user;
  std::vector<DiscordRoleId> roles{};
};

/// Nothing where it is no member with its user.
[[nodiscard]] std::optional<Member> parse_member(const boost::json::object& object);
[[nodiscard]] std::optional<Member> parse_member(const boost::json::value& value);

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
