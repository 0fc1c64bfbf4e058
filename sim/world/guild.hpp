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
  bool of_bot = false;                ///< The managed role that came with the application's bot.
  std::optional<UserId> of_member{};  ///< Made for one member, to give them the permissions that they were let in with.

  friend bool operator==(const Role&, const Role&) = default;
};

/// Discord's channel types, as far as the simulator treats any of them specially.
enum class ChannelType : std::uint8_t { guild_text = 0, dm = 1, guild_voice = 2, guild_category = 4 };

struct Channel {
  ChannelId id{};
  std::optional<GuildId> guild{};  ///< None for a direct message.
  ChannelType type = ChannelType::guild_text;
  std::string name{};  ///< Empty for a direct message.
  int position = 0;
  std::optional<std::string> topic{};
  std::optional<UserId> recipient{};  ///< Whom the bot talks to in a direct message.

  friend bool operator==(const Channel&, const Channel&) = default;
};

/// Somebody's membership of a guild.
struct Member {
  std::vector<RoleId> roles;  ///< Without @everyone, as with Discord.
  std::optional<std::string> nick;
  /// What they are let in with. Once the guild is part of a world this is a role of their own, and nothing here.
  std::optional<Permissions> granted;

  friend bool operator==(const Member&, const Member&) = default;
};

struct Guild {
  GuildId id;
  std::string name{};
  std::optional<std::string> icon;  ///< A hash, as in Discord's image addresses.
  UserId owner_id;
  bool bot = true;           ///< Whether the application's bot is in it.
  bool unavailable = false;  ///< An outage: the bot hears nothing of it.
  /// What the bot's own role holds; the application's `bot_permissions` where nothing else was said.
  std::optional<Permissions> bot_granted;
  Member bot_member;  ///< The bot's membership, where it is in it.
  /// In a world: @everyone, whose id is the guild's, and a role of the bot where it is in it.
  std::map<RoleId, Role> roles;
  /// In a world: at least one.
  std::map<ChannelId, Channel> channels;
  /// The people in it; the owner is one of them.
  std::map<UserId, Member> members;

  [[nodiscard]] RoleId everyone() const { return RoleId{id.value()}; }
  /// What a person may do here: everything as owner or administrator, nothing as a stranger, else what @everyone and
  /// their roles hold (Discord: Permissions, "Permission Overwrites", base permissions).
  [[nodiscard]] Permissions permissions_of(UserId person) const;
  /// The same for the bot.
  [[nodiscard]] Permissions permissions_of_bot() const;
  /// Whether the bot is told of it.
  [[nodiscard]] bool seen_by_bot() const { return bot && !unavailable; }

 private:
  [[nodiscard]] Permissions permissions_of(const Member& member) const;
};

}  // namespace guildhall::sim
