#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "discord/model/guild.hpp"

namespace guildhall::discord {

/// What everybody in a guild can see of it.
struct GuildDescription {
  std::string name;
  std::optional<std::string> icon;
  base::UserId owner;
  std::uint32_t member_count = 0;
  std::vector<Role> roles;  ///< By id.
};

/// What the bot may do in a channel or thread.
struct ChannelPermissions {
  Permissions permissions;
  bool thread = false;
};

/// Whether somebody may see a channel, as far as the gateway tells.
enum class ChannelView : std::uint8_t {
  visible,
  hidden,
  unknown,  ///< It depends on roles that are not known, or the channel is not.
};

/// One guild in as little memory as possible: its description, the roles of members who may manage it and of the bot,
/// and the overwrites of its channels.
class GuildEntry {
 public:
  /// Pairs of a member and a role; beyond, members are not stored.
  static constexpr std::size_t max_member_roles = 1024;
  /// Channels and active threads; Discord allows 500 and 1,000. Beyond, they are not stored.
  static constexpr std::size_t max_channels = 2000;

  explicit GuildEntry(const Guild& guild);

  /// GUILD_UPDATE has roles and owner, but no members.
  void update(const Guild& guild);
  void set_role(const Role& role);
  void remove_role(DiscordRoleId role);
  /// What the role allows is no longer known.
  void forget_role(DiscordRoleId role);

  void add_to_member_count(std::int32_t change);

  /// Stores the member if they may manage the guild, and removes them otherwise.
  void set_member(base::GuildId guild, const Member& member);
  void remove_member(base::UserId user);

  /// Stores the channel; a thread only while it is active.
  void set_channel(const Channel& channel);
  /// With its threads.
  void remove_channel(ChannelId channel);

  /// The roles of the bot, however few rights it has.
  void set_bot_roles(std::vector<DiscordRoleId> roles) { bot_roles_ = std::move(roles); }

  [[nodiscard]] base::UserId owner() const { return description_.owner; }
  [[nodiscard]] const GuildDescription& description() const { return description_; }

  /// Whether a member may see a channel (Discord: topics/permissions, Permission Overwrites). `permissions` are theirs
  /// in the whole guild, as somebody else knows them; they are used unless the member is stored.
  [[nodiscard]] ChannelView view(base::GuildId guild, base::UserId user, Permissions permissions,
                                 ChannelId channel) const;

  /// The permissions of a user with these roles in the whole guild, without the channels' overwrites (Discord:
  /// topics/permissions, Permission Hierarchy).
  [[nodiscard]] Permissions permissions(base::GuildId guild, base::UserId user,
                                        std::span<const DiscordRoleId> roles) const;
  /// Only known for the owner and stored members.
  [[nodiscard]] std::optional<Permissions> permissions(base::GuildId guild, base::UserId user) const;

  /// No permissions if the role does not exist.
  [[nodiscard]] Permissions role(DiscordRoleId role) const;

  /// The role that Discord manages for the bot.
  [[nodiscard]] std::optional<DiscordRoleId> role_of_bot(base::UserId bot) const;

  /// What the bot may do in a channel, as far as that is known.
  [[nodiscard]] std::optional<ChannelPermissions> bot_permissions(base::GuildId guild, base::UserId bot,
                                                                  ChannelId channel) const;

 private:
  struct MemberRole {
    base::UserId user;
    DiscordRoleId role;
  };

  /// Whether a member holds a permission in a channel: surely, and possibly.
  struct Holds {
    bool surely;
    bool possibly;
  };
  [[nodiscard]] const Channel* find(ChannelId channel) const;
  [[nodiscard]] const Role* find(DiscordRoleId role) const;
  [[nodiscard]] std::vector<DiscordRoleId> roles_of(base::UserId user) const;
  /// `known`: the member's permissions in the whole guild, if the member is stored; otherwise `permissions` count.
  [[nodiscard]] Holds holds(base::GuildId guild, base::UserId user, std::optional<Permissions> known,
                            Permissions permissions, const Channel& channel, std::uint64_t permission) const;

  /// What remains in a channel of `in_guild`, the permissions in the whole guild of a member with these roles (Discord:
  /// topics/permissions, Permission Overwrites).
  [[nodiscard]] static Permissions in_channel(base::GuildId guild, base::UserId user,
                                              std::span<const DiscordRoleId> roles, Permissions in_guild,
                                              const Channel& channel);

  GuildDescription description_;
  std::optional<std::vector<DiscordRoleId>> bot_roles_;
  std::vector<Channel> channels_;         // by id
  std::vector<MemberRole> member_roles_;  // by user
};

/// The permissions in all guilds according to the gateway's events; some hundred bytes per guild, and as many for each
/// channel with overwrites. Any thread may read; one thread writes.
class GuildCache {
 public:
  /// The user, or without one any member of the guild, may have lost a permission.
  using RightsListener = std::function<void(base::GuildId, std::optional<base::UserId>)>;

  struct Options {
    /// Whether events report changes of members (Intents::guild_members). Otherwise no members are stored.
    bool tracks_members = false;
    /// Whether a shard is connected; otherwise its guilds' permissions are unknown. Called on any thread; empty: all
    /// are.
    std::function<bool(unsigned shard)> connected{};
    /// Called on the writing thread, after the change. May be empty.
    RightsListener on_rights_changed{};
  };

  explicit GuildCache(Options options) : options_(std::move(options)) {}

  /// The user's permissions in the whole guild, known for its owner and for stored members, who may manage it. Nothing
  /// if they are unknown, also while the guild is unavailable or its shard is not connected.
  [[nodiscard]] std::optional<Permissions> permissions(base::GuildId guild, base::UserId user) const;

  /// What the bot may do in a channel or thread of the guild, with the channel's overwrites. Nothing if that is
  /// unknown, as after a resumed start, or not up to date.
  [[nodiscard]] std::optional<ChannelPermissions> bot_permissions(base::GuildId guild, ChannelId channel) const;

  /// The role that Discord made for the bot when it joined the guild, as far as that is known. Any member may mention
  /// it if the guild allows that, and people do so by mistake.
  [[nodiscard]] std::optional<DiscordRoleId> role_of_bot(base::GuildId guild) const;

  /// The bot's user; zero until it is known.
  [[nodiscard]] base::UserId bot() const { return bot_.load(); }
  void set_bot(base::UserId bot) { bot_ = bot; }

  /// As GuildEntry::view; unknown while the guild is unavailable.
  [[nodiscard]] ChannelView view(base::GuildId guild, base::UserId user, Permissions permissions,
                                 ChannelId channel) const;

  /// Changes with each event of the guild. Read it before fetching a member by REST.
  using Version = std::uint64_t;
  [[nodiscard]] Version version(base::GuildId guild) const;
  /// Stores a member that was fetched by REST after reading `version`, unless the guild has changed since then.
  void remember(base::GuildId guild, const Member& member, Version version);

  /// Nothing while the guild is unavailable or unknown.
  [[nodiscard]] std::optional<GuildDescription> description(base::GuildId guild) const;

  /// Guilds that the bot is in.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::vector<base::GuildId> guilds() const;

  // The events.

  /// The shard has a new session with these guilds; nothing is known about them yet.
  void ready(unsigned shard, std::span<const base::GuildId> guilds);
  void guild_create(unsigned shard, const Guild& guild);
  void guild_update(const Guild& guild);
  /// GUILD_DELETE or GUILD_CREATE in an outage; the bot stays a member.
  void guild_unavailable(unsigned shard, base::GuildId guild);
  /// GUILD_DELETE.
  void guild_left(base::GuildId guild);
  /// GUILD_ROLE_CREATE, GUILD_ROLE_UPDATE.
  void role_set(base::GuildId guild, const Role& role);
  void role_delete(base::GuildId guild, DiscordRoleId role);
  /// GUILD_ROLE_CREATE or GUILD_ROLE_UPDATE whose permissions cannot be read.
  void role_forget(base::GuildId guild, DiscordRoleId role);
  /// GUILD_MEMBER_ADD, GUILD_MEMBER_UPDATE.
  void member_set(base::GuildId guild, const Member& member);
  /// GUILD_MEMBER_ADD, besides.
  void member_joined(base::GuildId guild);
  void member_remove(base::GuildId guild, base::UserId user);
  /// CHANNEL_CREATE, CHANNEL_UPDATE, THREAD_CREATE, THREAD_UPDATE.
  void channel_set(base::GuildId guild, const Channel& channel);
  /// CHANNEL_DELETE, THREAD_DELETE.
  void channel_delete(base::GuildId guild, ChannelId channel);

 private:
  struct CachedGuild {
    std::optional<GuildEntry> entry;  ///< Nothing while the guild is unavailable.
    unsigned shard = 0;
    std::uint32_t version = 0;
  };
  void notify(base::GuildId guild, std::optional<base::UserId> user = std::nullopt) const;

  /// Replaces what is known of the guild.
  void replace(unsigned shard, base::GuildId guild, std::optional<GuildEntry> entry);

  /// Changes the guild's entry if it has one, and notifies if `change(entry)` returns true: a permission may be lost.
  template <class Change>
  void change(base::GuildId guild, std::optional<base::UserId> user, Change change);

  /// As `change`, where the permissions in the whole guild stay as they are.
  template <class Change>
  void change_without_notice(base::GuildId guild, Change change);

  const Options options_;
  std::atomic<base::UserId> bot_{};
  mutable std::shared_mutex mutex_;
  std::unordered_map<base::GuildId, CachedGuild> guilds_;
};

}  // namespace guildhall::discord
