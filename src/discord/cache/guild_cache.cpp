#include "discord/cache/guild_cache.hpp"

#include <algorithm>
#include <mutex>
#include <unordered_set>
#include <vector>

namespace guildhall::discord {

GuildEntry::GuildEntry(const Guild& guild) { update(guild); }

void GuildEntry::update(const Guild& guild) {
  description_.name = guild.name;
  description_.icon = guild.icon;
  description_.owner = guild.owner;
  if (guild.member_count) description_.member_count = *guild.member_count;
  auto& roles = description_.roles;
  roles = guild.roles;
  roles.shrink_to_fit();
  std::ranges::sort(roles, {}, &Role::id);
}

void GuildEntry::set_role(const Role& role) {
  auto& roles = description_.roles;
  const auto place = std::ranges::lower_bound(roles, role.id, {}, &Role::id);
  if (place != roles.end() && place->id == role.id) {
    *place = role;
  } else {
    roles.insert(place, role);
  }
}

void GuildEntry::remove_role(DiscordRoleId role) {
  std::erase_if(description_.roles, [role](const Role& known) { return known.id == role; });
  std::erase_if(member_roles_, [role](const MemberRole& each) { return each.role == role; });
}

Permissions GuildEntry::role(DiscordRoleId role) const {
  const auto& roles = description_.roles;
  const auto place = std::ranges::lower_bound(roles, role, {}, &Role::id);
  return place != roles.end() && place->id == role ? place->permissions : Permissions();
}

void GuildEntry::add_to_member_count(std::int32_t change) {
  auto& count = description_.member_count;
  if (change > 0 || count > 0) count += static_cast<std::uint32_t>(change);
}

void GuildEntry::set_member(base::GuildId guild, const Member& member) {
  remove_member(member.user);
  const bool manages = permissions(guild, member.user, member.roles).may_manage_guild();
  if (!manages || member_roles_.size() + member.roles.size() > max_member_roles) return;
  auto place = std::ranges::upper_bound(member_roles_, member.user, {}, &MemberRole::user);
  for (const auto role : member.roles) place = member_roles_.insert(place, {member.user, role});
  member_roles_.shrink_to_fit();
}

void GuildEntry::remove_member(base::UserId user) {
  std::erase_if(member_roles_, [user](const MemberRole& each) { return each.user == user; });
}

Permissions GuildEntry::permissions(base::GuildId guild, base::UserId user,
                                    std::span<const DiscordRoleId> roles) const {
  if (user == owner()) return Permissions(Permissions::all);
  auto bits = role(DiscordRoleId{guild.value()}).bits();  // @everyone
  for (const auto id : roles) bits |= role(id).bits();
  return Permissions((bits & Permissions::administrator) != 0 ? Permissions::all : bits);
}

std::optional<Permissions> GuildEntry::permissions(base::GuildId guild, base::UserId user) const {
  const auto held = std::ranges::equal_range(member_roles_, user, {}, &MemberRole::user);
  if (held.empty() && user != owner()) return std::nullopt;
  std::vector<DiscordRoleId> roles;
  for (const auto& pair : held) roles.push_back(pair.role);
  return permissions(guild, user, roles);
}

std::optional<ChannelPermissions> GuildEntry::bot_permissions(base::GuildId guild, base::UserId bot,
                                                              ChannelId channel) const {
  const auto& roles = bot_rights_->roles();
  if (!roles) return std::nullopt;
  return bot_rights_->in_channel(guild, channel, permissions(guild, bot, *roles));
}

std::optional<Permissions> GuildCache::permissions(base::GuildId guild, base::UserId user) const {
  std::optional<Permissions> permissions;
  unsigned shard = 0;
  {
    const std::shared_lock lock(mutex_);
    const auto found = guilds_.find(guild);
    if (found == guilds_.end() || !found->second.entry) return std::nullopt;
    permissions = found->second.entry->permissions(guild, user);
    shard = found->second.shard;
  }
  // Called without the lock, because it may take one of its own; and last, so that the permissions were complete.
  if (options_.connected && !options_.connected(shard)) return std::nullopt;
  return permissions;
}

std::optional<ChannelPermissions> GuildCache::bot_permissions(base::GuildId guild, ChannelId channel) const {
  std::optional<ChannelPermissions> permissions;
  unsigned shard = 0;
  {
    const std::shared_lock lock(mutex_);
    const auto found = guilds_.find(guild);
    if (found == guilds_.end() || !found->second.entry) return std::nullopt;
    permissions = found->second.entry->bot_permissions(guild, bot(), channel);
    shard = found->second.shard;
  }
  if (options_.connected && !options_.connected(shard)) return std::nullopt;
  return permissions;
}

GuildCache::Version GuildCache::version(base::GuildId guild) const {
  const std::shared_lock lock(mutex_);
  const auto found = guilds_.find(guild);
  return found == guilds_.end() ? 0 : found->second.version;
}

void GuildCache::remember(base::GuildId guild, const Member& member, Version version) {
  if (!options_.tracks_members) return;
  const std::unique_lock lock(mutex_);
  const auto found = guilds_.find(guild);
  if (found == guilds_.end() || !found->second.entry || found->second.version != version) return;
  found->second.entry->set_member(guild, member);
}

std::optional<GuildDescription> GuildCache::description(base::GuildId guild) const {
  const std::shared_lock lock(mutex_);
  const auto found = guilds_.find(guild);
  if (found == guilds_.end() || !found->second.entry) return std::nullopt;
  return found->second.entry->description();
}

std::size_t GuildCache::size() const {
  const std::shared_lock lock(mutex_);
  return guilds_.size();
}

void GuildCache::ready(unsigned shard, std::span<const base::GuildId> guilds) {
  const std::unordered_set<base::GuildId> listed(guilds.begin(), guilds.end());
  std::vector<base::GuildId> left;
  {
    const std::shared_lock lock(mutex_);
    for (const auto& [id, cached] : guilds_) {
      if (cached.shard == shard && !listed.contains(id)) left.push_back(id);
    }
  }
  for (const auto id : guilds) replace(shard, id, std::nullopt);
  for (const auto id : left) guild_left(id);
}

void GuildCache::guild_create(unsigned shard, const Guild& guild, std::span<const Channel> channels) {
  GuildEntry entry(guild);
  for (const auto& member : guild.members) {
    if (member.user == bot()) entry.bot_rights().set_roles(member.roles);
  }
  for (const auto& channel : channels) entry.bot_rights().set_channel(channel, bot());
  if (options_.tracks_members) {
    for (const auto& member : guild.members) entry.set_member(guild.id, member);
  }
  replace(shard, guild.id, std::move(entry));
  // Changes while the guild was unavailable are unknown.
  notify(guild.id);
}

void GuildCache::guild_unavailable(unsigned shard, base::GuildId guild) { replace(shard, guild, std::nullopt); }

void GuildCache::replace(unsigned shard, base::GuildId guild, std::optional<GuildEntry> entry) {
  const std::unique_lock lock(mutex_);
  auto& cached = guilds_[guild];
  cached = {std::move(entry), shard, cached.version + 1};
}

void GuildCache::guild_left(base::GuildId guild) {
  {
    const std::unique_lock lock(mutex_);
    guilds_.erase(guild);
  }
  notify(guild);
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
  if (member.user == bot()) {
    change_bot_rights(guild, [&](BotRights& rights) { rights.set_roles(member.roles); });
  }
  change(guild, member.user, [&](GuildEntry& entry) {
    if (options_.tracks_members) entry.set_member(guild, member);
    return !entry.permissions(guild, member.user, member.roles).may_manage_guild();
  });
}

void GuildCache::member_joined(base::GuildId guild) {
  const std::unique_lock lock(mutex_);
  const auto found = guilds_.find(guild);
  if (found != guilds_.end() && found->second.entry) found->second.entry->add_to_member_count(1);
}

void GuildCache::member_remove(base::GuildId guild, base::UserId user) {
  change(guild, user, [&](GuildEntry& entry) {
    entry.add_to_member_count(-1);
    entry.remove_member(user);
    return true;
  });
}

void GuildCache::channel_set(base::GuildId guild, const Channel& channel) {
  change_bot_rights(guild, [&](BotRights& rights) { rights.set_channel(channel, bot()); });
}

void GuildCache::channel_delete(base::GuildId guild, ChannelId channel) {
  change_bot_rights(guild, [&](BotRights& rights) { rights.remove_channel(channel); });
}

template <class Change>
void GuildCache::change_bot_rights(base::GuildId guild, Change change) {
  const std::unique_lock lock(mutex_);
  const auto found = guilds_.find(guild);
  if (found == guilds_.end() || !found->second.entry) return;
  ++found->second.version;
  change(found->second.entry->bot_rights());
}

template <class Change>
void GuildCache::change(base::GuildId guild, std::optional<base::UserId> user, Change change) {
  bool lost = true;  // if the guild is unknown
  {
    const std::unique_lock lock(mutex_);
    const auto found = guilds_.find(guild);
    if (found != guilds_.end()) {
      ++found->second.version;
      if (found->second.entry) lost = change(*found->second.entry);
    }
  }
  if (lost) notify(guild, user);
}

void GuildCache::notify(base::GuildId guild, std::optional<base::UserId> user) const {
  if (options_.on_rights_changed) options_.on_rights_changed(guild, user);
}

}  // namespace guildhall::discord
