#pragma once

#include <cstddef>
#include <optional>
#include <span>
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

}  // namespace guildhall::discord
