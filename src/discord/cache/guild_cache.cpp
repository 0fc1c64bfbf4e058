#include "discord/cache/guild_cache.hpp"

#include <algorithm>
#include <mutex>
#include <unordered_set>
#include <vector>

namespace guildhall::discord {

GuildEntry::GuildEntry(const Guild& guild) { update(guild); }

void GuildEntry::update(const Guild& guild) {
  owner_ = guild.owner;
  roles_ = guild.roles;
  roles_.shrink_to_fit();
  std::ranges::sort(roles_, {}, &Role::id);
}

void GuildEntry::set_role(const Role& role) {
  const auto place = std::ranges::lower_bound(roles_, role.id, {}, &Role::id);
  if (place != roles_.end() && place->id == role.id) {
    *place = role;
  } else {
    roles_.insert(place, role);
  }
}

void GuildEntry::remove_role(DiscordRoleId role) {
  std::erase_if(roles_, [role](const Role& known) { return known.id == role; });
  std::erase_if(held_, [role](const Held& held) { return held.role == role; });
}

Permissions GuildEntry::role(DiscordRoleId role) const {
  const auto place = std::ranges::lower_bound(roles_, role, {}, &Role::id);
  return place != roles_.end() && place->id == role ? place->permissions : Permissions();
}

void GuildEntry::set_member(base::GuildId guild, const Member& member) {
  remove_member(member.user);
  const bool manages = permissions(guild, member.user, member.roles).may_manage_guild();
  if (!manages || held_.size() + member.roles.size() > most_held) return;
  auto place = std::ranges::upper_bound(held_, member.user, {}, &Held::user);
  for (const auto role : member.roles) place = held_.insert(place, {member.user, role});
  held_.shrink_to_fit();
}

void GuildEntry::remove_member(base::UserId user) {
  std::erase_if(held_, [user](const Held& held) { return held.user == user; });
}

Permissions GuildEntry::permissions(base::GuildId guild, base::UserId user,
                                    std::span<const DiscordRoleId> roles) const {
  if (user == owner_) return Permissions(Permissions::all);
  auto bits = role(DiscordRoleId{guild.value()}).bits();  // @everyone
  for (const auto id : roles) bits |= role(id).bits();
  return Permissions((bits & Permissions::administrator) != 0 ? Permissions::all : bits);
}

std::optional<Permissions> GuildEntry::permissions(base::GuildId guild, base::UserId user) const {
  const auto held = std::ranges::equal_range(held_, user, {}, &Held::user);
  if (held.empty() && user != owner_) return std::nullopt;
  std::vector<DiscordRoleId> roles;
  for (const auto& pair : held) roles.push_back(pair.role);
  return permissions(guild, user, roles);
}

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

GuildCache::Version GuildCache::version(base::GuildId guild) const {
  const std::shared_lock lock(mutex_);
  const auto found = places_.find(guild);
  return found == places_.end() ? 0 : found->second.changes;
}

void GuildCache::remember(base::GuildId guild, const Member& member, Version version) {
  if (!options_.tracks_members) return;
  const std::unique_lock lock(mutex_);
  const auto found = places_.find(guild);
  if (found == places_.end() || !found->second.entry || found->second.changes != version) return;
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
  if (options_.tracks_members) {
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
    if (options_.tracks_members) entry.set_member(guild, member);
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
