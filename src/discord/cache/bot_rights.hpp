#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "discord/model/channel.hpp"

namespace guildhall::discord {

/// What the bot may do in a channel or thread.
struct ChannelPermissions {
  Permissions permissions;
  bool thread = false;
};

/// The bot's roles in one guild and the overwrites of the guild's channels, of which only those that can concern
/// messages are kept. Some dozen bytes per channel.
class BotRights {
 public:
  /// Of the guild's own member events.
  void set_roles(std::vector<DiscordRoleId> roles) { roles_ = std::move(roles); }
  /// Nothing until they are known.
  [[nodiscard]] const std::optional<std::vector<DiscordRoleId>>& roles() const { return roles_; }

  /// `bot`: overwrites of other members do not count.
  void set_channel(const Channel& channel, base::UserId bot);
  void remove_channel(ChannelId channel);

  /// What remains of `in_guild`, the permissions in the whole guild, in the channel (Discord: topics/permissions,
  /// Permission Overwrites). Nothing if the channel or, of a thread, its parent is unknown.
  [[nodiscard]] std::optional<ChannelPermissions> in_channel(base::GuildId guild, ChannelId channel,
                                                             Permissions in_guild) const;

 private:
  struct Entry {
    ChannelId id;
    ChannelId parent;
    bool thread = false;
    std::vector<Overwrite> overwrites;
  };
  [[nodiscard]] const Entry* find(ChannelId channel) const;

  std::optional<std::vector<DiscordRoleId>> roles_;
  std::vector<Entry> channels_;  // by id
};

}  // namespace guildhall::discord
