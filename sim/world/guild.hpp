#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/world/ids.hpp"
#include "sim/world/permissions.hpp"

namespace guildhall::sim {

struct Role {
  RoleId id{};
  std::string name{};
  Permissions permissions{};
  int position = 0;
  std::uint32_t color = 0;  ///< `0xRRGGBB`; 0 is none.
  bool hoist = false;
  bool mentionable = false;
  bool of_bot = false;                ///< The managed role of the application's bot.
  std::optional<UserId> of_member{};  ///< Set for a role that was made for one member's permissions.

  friend bool operator==(const Role&, const Role&) = default;
};

/// Discord's channel types that the simulator treats specially.
enum class ChannelType : std::uint8_t { guild_text = 0, dm = 1, guild_voice = 2, guild_category = 4 };

struct Channel {
  ChannelId id{};
  std::optional<GuildId> guild{};  ///< None for a direct message.
  ChannelType type = ChannelType::guild_text;
  std::string name{};  ///< Empty for a direct message.
  int position = 0;
  std::optional<std::string> topic{};
  std::optional<UserId> recipient{};  ///< The user, in a direct message.

  friend bool operator==(const Channel&, const Channel&) = default;
};

/// A user's membership of a guild.
struct Member {
  std::vector<RoleId> roles;  ///< Without @everyone, as at Discord.
  std::optional<std::string> nick;
  /// Permissions to grant. When the guild is added to a world they become a role, and this is cleared.
  std::optional<Permissions> granted;

  friend bool operator==(const Member&, const Member&) = default;
};

struct Guild {
  GuildId id;
  std::string name{};
  std::optional<std::string> icon;  ///< A hash, as in Discord's image addresses.
  UserId owner_id;
  bool bot = true;           ///< Whether the application's bot is in it.
  bool unavailable = false;  ///< An outage: the bot receives no events of it.
  /// Permissions of the bot's role; the application's `bot_permissions` by default.
  std::optional<Permissions> bot_granted;
  Member bot_member;  ///< The bot's membership, where it is in it.
  /// In a world: at least @everyone, whose id is the guild's, and the bot's role if it is a member.
  std::map<RoleId, Role> roles;
  /// In a world: at least one.
  std::map<ChannelId, Channel> channels;
  /// The users in it; the owner is one of them.
  std::map<UserId, Member> members;

  [[nodiscard]] RoleId everyone() const { return RoleId{id.value()}; }
  /// A user's permissions: all for the owner and administrators, none for a non-member, else those of @everyone and
  /// their roles hold (Discord: Permissions, "Permission Overwrites", base permissions).
  [[nodiscard]] Permissions permissions_of(UserId user) const;
  /// The same for the bot.
  [[nodiscard]] Permissions permissions_of_bot() const;
  /// Whether the bot receives events of it.
  [[nodiscard]] bool visible_to_bot() const { return bot && !unavailable; }

 private:
  [[nodiscard]] Permissions permissions_of(const Member& member) const;
};

}  // namespace guildhall::sim
