#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "discord/model/ids.hpp"

namespace guildhall::discord {

/// Permissions in JSON: a string of digits.
using PermissionBits = base::Id<struct PermissionBitsTag>;

/// A set of permissions (Discord: topics/permissions).
class Permissions {
 public:
  static constexpr std::uint64_t administrator = 1ULL << 3U;
  static constexpr std::uint64_t manage_guild = 1ULL << 5U;
  static constexpr std::uint64_t add_reactions = 1ULL << 6U;
  static constexpr std::uint64_t view_channel = 1ULL << 10U;
  static constexpr std::uint64_t send_messages = 1ULL << 11U;
  static constexpr std::uint64_t embed_links = 1ULL << 14U;
  static constexpr std::uint64_t read_message_history = 1ULL << 16U;
  static constexpr std::uint64_t use_external_emojis = 1ULL << 18U;
  static constexpr std::uint64_t manage_threads = 1ULL << 34U;
  static constexpr std::uint64_t send_messages_in_threads = 1ULL << 38U;
  static constexpr std::uint64_t all = UINT64_MAX;  ///< Of a guild's owner and of administrators.

  constexpr Permissions() = default;
  constexpr explicit Permissions(std::uint64_t bits) : bits_(bits) {}

  [[nodiscard]] constexpr std::uint64_t bits() const { return bits_; }

  [[nodiscard]] constexpr bool has(Permissions other) const { return (bits_ & other.bits_) == other.bits_; }

  /// Whether they allow changing a guild's settings; ADMINISTRATOR includes every permission.
  [[nodiscard]] constexpr bool may_manage_guild() const { return (bits_ & (administrator | manage_guild)) != 0; }
  [[nodiscard]] constexpr bool is_administrator() const { return (bits_ & administrator) != 0; }

 private:
  std::uint64_t bits_ = 0;
};

/// A role of a guild (Discord: topics/permissions, Role Structure). `@everyone` has the guild's id.
struct Role {
  DiscordRoleId id;
  Permissions permissions;
  std::string name{};
  std::uint32_t color = 0;    ///< 0: none.
  std::int32_t position = 0;  ///< Greater ones are above.
  bool hoist = false;
  bool managed = false;
  bool mentionable = false;
  base::UserId bot{};  ///< Discord manages the role for this bot.
};
BOOST_DESCRIBE_STRUCT(Role, (), (id, permissions, name, color, position, hoist, managed, mentionable, bot))

/// Nothing without an id or readable permissions.
[[nodiscard]] std::optional<Role> parse_role(const boost::json::object& object);

/// A member of a guild (Discord: resources/guild, Guild Member Structure). `@everyone` is not among the roles.
struct Member {
  base::UserId user;
  std::vector<DiscordRoleId> roles{};
};

/// Nothing without a user or roles.
[[nodiscard]] std::optional<Member> parse_member(const boost::json::object& object);
[[nodiscard]] std::optional<Member> parse_member(const boost::json::value& value);

/// What a channel allows or denies to a role or a member (Discord: resources/channel, Overwrite Object).
struct Overwrite {
  std::uint64_t id = 0;    ///< The role's or the member's. `@everyone` has the guild's.
  bool is_member = false;  ///< Otherwise it is a role's.
  Permissions allow{};
  Permissions deny{};
};

/// A channel or a thread of a guild (Discord: resources/channel, Channel Structure).
struct Channel {
  static constexpr std::int64_t private_thread = 12;  ///< Of Channel Types.

  ChannelId id;
  std::int64_t type = 0;
  ChannelId parent{};  ///< Of a thread: its channel, whose overwrites hold. Otherwise a category, or none.
  bool archived = false;
  std::vector<Overwrite> overwrites{};

  [[nodiscard]] bool is_thread() const { return type >= 10 && type <= private_thread; }
};

/// Nothing without an id and a type, or if a field that decides permissions cannot be read.
[[nodiscard]] std::optional<Channel> parse_channel(const boost::json::object& object);

/// The fields of GUILD_CREATE and GUILD_UPDATE that guildhall needs (Discord: resources/guild, Guild Structure).
struct Guild {
  base::GuildId id;
  bool unavailable = false;  ///< In an outage; the other fields are unknown.
  std::string name{};        ///< The id where Discord gives no name.
  std::optional<std::string> icon{};
  base::UserId owner{};
  std::optional<std::uint32_t> member_count{};  ///< Only in GUILD_CREATE.
  std::vector<Role> roles{};
  std::vector<Member> members{};    ///< Those with roles, of those that Discord sends; the bot also without.
  std::vector<Channel> channels{};  ///< With active threads. Only in GUILD_CREATE.
};

/// A guild as `GET /users/@me/guilds` lists it (Discord: resources/user, Get Current User Guilds).
struct PartialGuild {
  base::GuildId id;
  std::string name;  ///< The id where Discord gives no name.
  std::optional<std::string> icon;
  bool owner = false;
  Permissions permissions;  ///< Of the requesting user, in the whole guild.

  /// Whether the requesting user may change the guild's settings.
  [[nodiscard]] bool manageable() const { return owner || permissions.may_manage_guild(); }
};

/// Without those that have no id. Nothing if `value` is not a list.
[[nodiscard]] std::optional<std::vector<PartialGuild>> parse_partial_guilds(const boost::json::value& value);

}  // namespace guildhall::discord
