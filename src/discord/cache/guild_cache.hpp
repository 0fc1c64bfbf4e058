#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <shared_mutex>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "discord/model/guild.hpp"

namespace guildhall::discord {

/// What is known of one guild, in as few bytes as that takes: its owner, what each role permits, and the roles of
/// members who may manage it.
class GuildEntry {
 public:
  /// Pairs of a member and a role that are kept at most. Beyond, members are not remembered.
  static constexpr std::size_t most_held = 1024;

  explicit GuildEntry(const Guild& guild);

  /// The guild as GUILD_UPDATE shows it: roles and owner, no members.
  void update(const Guild& guild);
  void set_role(const Role& role);
  void remove_role(DiscordRoleId role);

  /// Remembers the member where they may manage the guild, and forgets them where not.
  void set_member(base::GuildId guild, const Member& member);
  void remove_member(base::UserId user);

  [[nodiscard]] base::UserId owner() const { return owner_; }

  /// Of who has these roles, in the guild as a whole, without channels' overwrites (Discord: topics/permissions,
  /// Permission Hierarchy).
  [[nodiscard]] Permissions permissions(base::GuildId guild, base::UserId user,
                                        std::span<const DiscordRoleId> roles) const;
  /// Of the owner, and of members who are remembered.
  [[nodiscard]] std::optional<Permissions> permissions(base::GuildId guild, base::UserId user) const;

  /// What the role permits; nothing where there is no such role.
  [[nodiscard]] Permissions role(DiscordRoleId role) const;

 private:
  struct Held {
    base::UserId user;
    DiscordRoleId role;
  };

  base::UserId owner_;
  std::vector<Role> roles_;  // by id
  std::vector<Held> held_;   // by user
};

/// What the gateway's events say of guilds and of who may do what in them; some hundred bytes for each guild. Any
/// thread may ask; one thread tells.
class GuildCache {
 public:
  /// Somebody in the guild may have lost a right: the user, or anybody.
  using RightsListener = std::function<void(base::GuildId, std::optional<base::UserId>)>;

  struct Options {
    /// Whether events tell of changes to members (Intents::guild_members). If not, no member's roles are remembered.
    bool tracks_members = false;
    /// Whether a shard has a connection just now: if not, nothing is known of its guilds. Called on any thread; empty:
    /// all have.
    std::function<bool(unsigned shard)> connected{};
    /// Called on the thread that tells, after the change is in here. May be empty.
    RightsListener on_rights_changed{};
  };

  explicit GuildCache(Options options) : options_(std::move(options)) {}

  // What is asked.

  /// What the user may do in the guild as a whole: everything as its owner; as a member of whom it is known that they
  /// may manage it, what their roles permit. Nothing where that is not known: also while the guild is unavailable, or
  /// its shard not connected.
  [[nodiscard]] std::optional<Permissions> permissions(base::GuildId guild, base::UserId user) const;

  /// Counts what was told of the guild; taken before a member is asked for elsewhere.
  using Version = std::uint64_t;
  [[nodiscard]] Version version(base::GuildId guild) const;
  /// Remembers a member as Discord's REST API showed them after `version` was taken, unless something was told of the
  /// guild in between.
  void remember(base::GuildId guild, const Member& member, Version version);

  /// Guilds that the bot is in.
  [[nodiscard]] std::size_t size() const;

  // What is told: what the events of these names say.

  /// READY: the shard has a new session and is in these guilds; of none is anything known yet.
  void ready(unsigned shard, std::span<const base::GuildId> guilds);
  void guild_create(unsigned shard, const Guild& guild);
  void guild_update(const Guild& guild);
  /// GUILD_DELETE in an outage, which is no leaving.
  void guild_unavailable(unsigned shard, base::GuildId guild);
  void guild_left(base::GuildId guild);
  /// GUILD_ROLE_CREATE, GUILD_ROLE_UPDATE.
  void role_set(base::GuildId guild, const Role& role);
  void role_delete(base::GuildId guild, DiscordRoleId role);
  /// GUILD_MEMBER_ADD, GUILD_MEMBER_UPDATE.
  void member_set(base::GuildId guild, const Member& member);
  void member_remove(base::GuildId guild, base::UserId user);

 private:
  struct Place {
    std::optional<GuildEntry> entry;  ///< Nothing while the guild is unavailable.
    unsigned shard = 0;
    std::uint32_t changes = 0;
  };
  using Places = std::unordered_map<base::GuildId, Place>;

  void tell(base::GuildId guild, std::optional<base::UserId> user = std::nullopt) const;

  /// Changes the guild's entry, where it has one, and tells of lost rights where `change(entry)` says so.
  template <class Change>
  void change(base::GuildId guild, std::optional<base::UserId> about, Change change);

  const Options options_;
  mutable std::shared_mutex mutex_;
  Places places_;
};

}  // namespace guildhall::discord
