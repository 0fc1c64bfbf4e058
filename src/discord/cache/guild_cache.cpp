#include "discord/cache/guild_cache.hpp"

#include <mutex>
#include <unordered_set>
#include <vector>

namespace guildhall::discord {

std::optional<Permissions> GuildCache::permissions(base::GuildId guild, base::UserId user) const {
  std::optional<Permissions> permissions;
  unsigned shard = 0;
  {
    const std::shared_lock lock(mutex_);
    const auto found = places_.find(guild);
    if (found == places_.end() || !found->second.entry) return std::nullopt;
    permissions = found->second.entry->permissions(guild, user);
    shard = found->second.shard;
  }
  // Asked without the lock, as it may take one of its own; and last, so that what was read was complete.
  if (options_.connected && !options_.connected(shard)) return std::nullopt;
  return permissions;
}

GuildCache::Ticket GuildCache::ticket(base::GuildId guild) const {
  const std::shared_lock lock(mutex_);
  const auto found = places_.find(guild);
  return found == places_.end() ? 0 : found->second.changes;
}

void GuildCache::remember(base::GuildId guild, const Member& member, Ticket ticket) {
  if (!options_.members_followed) return;
  const std::unique_lock lock(mutex_);
  const auto found = places_.find(guild);
  if (found == places_.end() || !found->second.entry || found->second.changes != ticket) return;
  found->second.entry->set_member(guild, member);
}

std::size_t GuildCache::size() const {
  const std::shared_lock lock(mutex_);
  return places_.size();
}

void GuildCache::ready(unsigned shard, std::span<const base::GuildId> guilds) {
  const std::unordered_set<base::GuildId> listed(guilds.begin(), guilds.end());
  std::vector<base::GuildId> left;
  {
    const std::unique_lock lock(mutex_);
    for (const auto& [id, place] : places_) {
      if (place.shard == shard && !listed.contains(id)) left.push_back(id);
    }
    for (const auto id : left) places_.erase(id);
    for (const auto id : guilds) {
      auto& place = places_[id];
      place = {std::nullopt, shard, place.changes + 1};
    }
  }
  for (const auto id : left) tell(id);
}

void GuildCache::guild_create(unsigned shard, const Guild& guild) {
  GuildEntry entry(guild);
  if (options_.members_followed) {
    for (const auto& member : guild.members) entry.set_member(guild.id, member);
  }
  {
    const std::unique_lock lock(mutex_);
    auto& place = places_[guild.id];
    place = {std::move(entry), shard, place.changes + 1};
  }
  // What happened while the guild was not seen is not known.
  tell(guild.id);
}

void GuildCache::guild_unavailable(unsigned shard, base::GuildId guild) {
  const std::unique_lock lock(mutex_);
  auto& place = places_[guild];
  place = {std::nullopt, shard, place.changes + 1};
}

void GuildCache::guild_left(base::GuildId guild) {
  {
    const std::unique_lock lock(mutex_);
    places_.erase(guild);
  }
  tell(guild);
}

void GuildCache::guild_update(const Guild& guild) {
  change(guild.id, std::nullopt, [&](GuildEntry& entry) {
    entry.update(guild);
    return true;
  });
}

void GuildCache::role_set(base::GuildId guild, const Role& role) {
  change(guild, std::nullopt, [&](GuildEntry& entry) {
    const bool managed = entry.role(role.id).may_manage_guild();
    entry.set_role(role);
    return managed && !role.permissions.may_manage_guild();
  });
}

void GuildCache::role_delete(base::GuildId guild, DiscordRoleId role) {
  change(guild, std::nullopt, [&](GuildEntry& entry) {
    const bool managed = entry.role(role).may_manage_guild();
    entry.remove_role(role);
    return managed;
  });
}

void GuildCache::member_set(base::GuildId guild, const Member& member) {
  change(guild, member.user, [&](GuildEntry& entry) {
    if (options_.members_followed) entry.set_member(guild, member);
    return !entry.permissions(guild, member.user, member.roles).may_manage_guild();
  });
}

void GuildCache::member_remove(base::GuildId guild, base::UserId user) {
  change(guild, user, [&](GuildEntry& entry) {
    entry.remove_member(user);
    return true;
  });
}

template <class Change>
void GuildCache::change(base::GuildId guild, std::optional<base::UserId> about, Change change) {
  bool lost = true;  // where nothing is known of the guild
  {
    const std::unique_lock lock(mutex_);
    const auto found = places_.find(guild);
    if (found != places_.end()) {
      ++found->second.changes;
      if (found->second.entry) lost = change(*found->second.entry);
    }
  }
  if (lost) tell(guild, about);
}

void GuildCache::tell(base::GuildId guild, std::optional<base::UserId> user) const {
  if (options_.on_rights_changed) options_.on_rights_changed(guild, user);
}

}  // namespace guildhall::discord
