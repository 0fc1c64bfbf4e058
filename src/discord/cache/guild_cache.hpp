#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <shared_mutex>
#include <span>
#include <unordered_map>
#include <utility>

#include "base/id.hpp"
#include "discord/cache/guild_entry.hpp"
#include "discord/model/guild.hpp"

namespace guildhall::discord {

/// What the gateway's events say of guilds and of who may do what in them; some hundred bytes for each guild. Any
/// thread may ask; one thread tells.
class GuildCache {
 public:
  /// Somebody in the guild may have lost a right: the user, or anybody.
  using RightsListener = std::function<void(base::GuildId, std::optional<base::UserId>)>;

  struct Options {
    /// Whether events tell of changes to members (Intents::guild_members). If not, no member's roles are remembered.
    bool members_followed = false;
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
  using Ticket = std::uint64_t;
  [[nodiscard]] Ticket ticket(base::GuildId guild) const;
  /// Remembers a member as Discord's REST API showed them after `ticket` was taken, unless something was told of the
  /// guild in between.
  void remember(base::GuildId guild, const Member& member, Ticket ticket);

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
