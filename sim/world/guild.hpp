#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "sim/world/channel.hpp"
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

/// A webhook of a channel that posts what it is sent (Discord: Webhook, "Incoming").
struct Webhook {
  WebhookId id;
  ChannelId channel;
  std::string name;
  std::optional<std::string> avatar;  ///< A hash.
  std::string token;
  UserId creator;

  friend bool operator==(const Webhook&, const Webhook&) = default;
};

/// A custom emoji.
struct Emoji {
  EmojiId id;
  std::string name;
  bool animated = false;
  std::vector<RoleId> roles;  ///< Who may use it; all where there is none.
  UserId creator;

  friend bool operator==(const Emoji&, const Emoji&) = default;
};

struct Invite {
  std::string code;
  ChannelId channel;
  UserId inviter;
  int max_age = 86'400;  ///< Seconds; 0 for ever.
  int max_uses = 0;      ///< 0 without limit.
  bool temporary = false;
  base::Timestamp created{};

  friend bool operator==(const Invite&, const Invite&) = default;
};

/// A user's membership of a guild.
struct Member {
  std::vector<RoleId> roles;  ///< Without @everyone, as at Discord.
  std::optional<std::string> nick;
  std::optional<base::Timestamp> communication_disabled_until;  ///< A timeout.
  bool mute = false;                                            ///< In voice channels, as `deaf`.
  bool deaf = false;
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
  /// The threads of these channels, archived or not.
  std::map<ChannelId, Channel> threads{};
  /// The users in it; the owner is one of them.
  std::map<UserId, Member> members;
  std::map<UserId, std::optional<std::string>> bans{};  ///< With the reason.
  std::map<WebhookId, Webhook> webhooks{};
  std::map<EmojiId, Emoji> emojis{};
  std::map<std::string, Invite> invites{};  ///< By code.
  /// Settings that are only kept and shown, as Discord shows them: `description`, `verification_level`, ...
  boost::json::object settings{};

  [[nodiscard]] RoleId everyone() const { return RoleId{id.value()}; }
  /// A user's permissions: all for the owner and administrators, none for a non-member, else those of @everyone and
  /// their roles hold (Discord: Permissions, "Permission Overwrites", base permissions).
  [[nodiscard]] Permissions permissions_of(UserId user) const;
  /// The same for the bot.
  [[nodiscard]] Permissions permissions_of_bot() const;
  /// A user's permissions in a channel of the guild, with its overwrites (Discord: Permissions, "Permission
  /// Hierarchy"), those of a thread's channel for a thread. In a thread SEND_MESSAGES stands for
  /// SEND_MESSAGES_IN_THREADS. What is implied is applied: without VIEW_CHANNEL there are none.
  [[nodiscard]] Permissions permissions_in(const Channel& channel, UserId user) const;
  /// The same for the bot, whose user is `bot`.
  [[nodiscard]] Permissions permissions_of_bot_in(const Channel& channel, UserId bot) const;
  /// The channel or the thread; nullptr if there is none.
  [[nodiscard]] const Channel* find_channel(ChannelId id) const;
  /// The highest position of these roles; 0 for @everyone alone.
  [[nodiscard]] int highest_position(const Member& member) const;
  /// Whether the bot receives events of it.
  [[nodiscard]] bool visible_to_bot() const { return bot && !unavailable; }

 private:
  [[nodiscard]] Permissions permissions_of(const Member& member) const;
  [[nodiscard]] Permissions overwritten(Permissions held, const Channel& channel, UserId user,
                                        const Member& member) const;
};

}  // namespace guildhall::sim
