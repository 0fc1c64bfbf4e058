#include "discord/cache/guild_cache.hpp"

#include <algorithm>
#include <mutex>
#include <unordered_set>
#include <vector>

namespace guildhall::discord {

namespace {

/// Whether a permission is lost by which people manage a guild or see all of its channels.
bool loses_rights(Permissions before, Permissions after) {
  constexpr auto rights = Permissions::administrator | Permissions::manage_guild;
  return !after.is_administrator() && (before.bits() & rights & ~after.bits()) != 0;
}

}  // namespace

GuildEntry::GuildEntry(const Guild& guild) {
  update(guild);
  channels_ = guild.channels;
  std::ranges::sort(channels_, {}, &Channel::id);
  if (channels_.size() > max_channels) channels_.resize(max_channels);
  channels_.shrink_to_fit();
}

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
  forget_role(role);
  if (bot_roles_) std::erase(*bot_roles_, role);
}

void GuildEntry::forget_role(DiscordRoleId role) {
  std::erase_if(description_.roles, [role](const Role& known) { return known.id == role; });
  std::erase_if(member_roles_, [role](const MemberRole& each) { return each.role == role; });
}

const Role* GuildEntry::find(DiscordRoleId role) const {
  const auto& roles = description_.roles;
  const auto place = std::ranges::lower_bound(roles, role, {}, &Role::id);
  return place != roles.end() && place->id == role ? &*place : nullptr;
}

Permissions GuildEntry::role(DiscordRoleId role) const {
  const auto* const found = find(role);
  return found == nullptr ? Permissions() : found->permissions;
}

std::optional<DiscordRoleId> GuildEntry::role_of_bot(base::UserId bot) const {
  const auto found = std::ranges::find(description_.roles, bot, &Role::bot);
  return bot == base::UserId{} || found == description_.roles.end() ? std::nullopt : std::optional(found->id);
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

const Channel* GuildEntry::find(ChannelId channel) const {
  const auto place = std::ranges::lower_bound(channels_, channel, {}, &Channel::id);
  return place != channels_.end() && place->id == channel ? &*place : nullptr;
}

void GuildEntry::set_channel(const Channel& channel) {
  if (channel.archived) return remove_channel(channel.id);
  const auto place = std::ranges::lower_bound(channels_, channel.id, {}, &Channel::id);
  if (place != channels_.end() && place->id == channel.id) {
    *place = channel;
  } else if (channels_.size() < max_channels) {
    channels_.insert(place, channel);
  }
}

void GuildEntry::remove_channel(ChannelId channel) {
  std::erase_if(channels_, [channel](const Channel& known) {
    return known.id == channel || (known.is_thread() && known.parent == channel);
  });
}

ChannelView GuildEntry::view(base::GuildId guild, base::UserId user, Permissions permissions, ChannelId id) const {
  const auto* channel = find(id);
  const auto* place = channel != nullptr && channel->is_thread() ? find(channel->parent) : channel;
  const auto known = this->permissions(guild, user);
  if (user == owner() || known.value_or(permissions).is_administrator()) return ChannelView::visible;
  if (place == nullptr) return ChannelView::unknown;
  const auto sees = holds(guild, user, known, permissions, *place, Permissions::view_channel);
  if (!sees.possibly) return ChannelView::hidden;
  if (!sees.surely) return ChannelView::unknown;
  // Who is in a private thread is not known.
  const bool restricted = channel->type == Channel::private_thread;
  const bool visible =
      !restricted || holds(guild, user, known, permissions, *place, Permissions::manage_threads).surely;
  return visible ? ChannelView::visible : ChannelView::unknown;
}

GuildEntry::Holds GuildEntry::holds(base::GuildId guild, base::UserId user, std::optional<Permissions> known,
                                    Permissions permissions, const Channel& channel, std::uint64_t permission) const {
  if (known) {
    const auto roles = roles_of(user);
    const bool held = in_channel(guild, user, roles, *known, channel).has(Permissions(permission));
    return {held, held};
  }
  // Without the roles: those of the channel may or may not be among them.
  bool base = permissions.has(Permissions(permission));
  bool allowed = false;
  bool denied = false;
  std::optional<bool> own;
  for (const auto& overwrite : channel.overwrites) {
    const bool allows = overwrite.allow.has(Permissions(permission));
    const bool denies = overwrite.deny.has(Permissions(permission));
    if (overwrite.is_member) {
      if (overwrite.id == user.value() && (allows || denies)) own = allows;
    } else if (overwrite.id == guild.value()) {
      base = (base && !denies) || allows;
    } else {
      allowed |= allows;
      denied |= denies;
    }
  }
  if (own) return {*own, *own};
  return {base && !denied, base || allowed};
}

Permissions GuildEntry::permissions(base::GuildId guild, base::UserId user,
                                    std::span<const DiscordRoleId> roles) const {
  if (user == owner()) return Permissions(Permissions::all);
  auto bits = role(DiscordRoleId{guild.value()}).bits();  // @everyone
  for (const auto id : roles) bits |= role(id).bits();
  return Permissions((bits & Permissions::administrator) != 0 ? Permissions::all : bits);
}

std::optional<Permissions> GuildEntry::permissions(base::GuildId guild, base::UserId user) const {
  const auto roles = roles_of(user);
  if (roles.empty() && user != owner()) return std::nullopt;
  return permissions(guild, user, roles);
}

std::vector<DiscordRoleId> GuildEntry::roles_of(base::UserId user) const {
  std::vector<DiscordRoleId> roles;
  for (const auto& pair : std::ranges::equal_range(member_roles_, user, {}, &MemberRole::user)) {
    roles.push_back(pair.role);
  }
  return roles;
}

std::optional<ChannelPermissions> GuildEntry::bot_permissions(base::GuildId guild, base::UserId bot,
                                                              ChannelId id) const {
  const auto* const channel = find(id);
  if (channel == nullptr || !bot_roles_) return std::nullopt;
  const auto* const place = channel->is_thread() ? find(channel->parent) : channel;
  const auto is_known = [this](DiscordRoleId role) { return find(role) != nullptr; };
  if (place == nullptr || !is_known(DiscordRoleId{guild.value()})) return std::nullopt;
  if (!std::ranges::all_of(*bot_roles_, is_known)) return std::nullopt;
  const auto in_guild = permissions(guild, bot, *bot_roles_);
  return ChannelPermissions{in_channel(guild, bot, *bot_roles_, in_guild, *place), channel->is_thread()};
}

Permissions GuildEntry::in_channel(base::GuildId guild, base::UserId user, std::span<const DiscordRoleId> roles,
                                   Permissions in_guild, const Channel& channel) {
  if (in_guild.is_administrator()) return in_guild;
  // First @everyone's, then those of all roles together, then the member's own; allowing wins over denying in each
  // step.
  auto bits = in_guild.bits();
  std::uint64_t allow = 0;
  std::uint64_t deny = 0;
  const Overwrite* own = nullptr;
  for (const auto& overwrite : channel.overwrites) {
    if (overwrite.is_member) {
      if (overwrite.id == user.value()) own = &overwrite;
    } else if (overwrite.id == guild.value()) {
      bits = (bits & ~overwrite.deny.bits()) | overwrite.allow.bits();
    } else if (std::ranges::find(roles, DiscordRoleId{overwrite.id}) != roles.end()) {
      allow |= overwrite.allow.bits();
      deny |= overwrite.deny.bits();
    }
  }
  bits = (bits & ~deny) | allow;
  if (own != nullptr) bits = (bits & ~own->deny.bits()) | own->allow.bits();
  return Permissions(bits);
}

ChannelView GuildCache::view(base::GuildId guild, base::UserId user, Permissions permissions, ChannelId channel) const {
  const std::shared_lock lock(mutex_);
  const auto found = guilds_.find(guild);
  if (found == guilds_.end() || !found->second.entry) return ChannelView::unknown;
  return found->second.entry->view(guild, user, permissions, channel);
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

std::optional<DiscordRoleId> GuildCache::role_of_bot(base::GuildId guild) const {
  const std::shared_lock lock(mutex_);
  const auto found = guilds_.find(guild);
  if (found == guilds_.end() || !found->second.entry) return std::nullopt;
  return found->second.entry->role_of_bot(bot());
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

std::vector<base::GuildId> GuildCache::guilds() const {
  const std::shared_lock lock(mutex_);
  std::vector<base::GuildId> ids;
  ids.reserve(guilds_.size());
  for (const auto& [id, guild] : guilds_) ids.push_back(id);
  return ids;
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

void GuildCache::guild_create(unsigned shard, const Guild& guild) {
  GuildEntry entry(guild);
  for (const auto& member : guild.members) {
    if (member.user == bot()) entry.set_bot_roles(member.roles);
  }
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
    const auto before = entry.role(role.id);
    entry.set_role(role);
    return loses_rights(before, role.permissions);
  });
}

void GuildCache::role_delete(base::GuildId guild, DiscordRoleId role) {
  change(guild, std::nullopt, [&](GuildEntry& entry) {
    const auto before = entry.role(role);
    entry.remove_role(role);
    return before.may_manage_guild();
  });
}

void GuildCache::role_forget(base::GuildId guild, DiscordRoleId role) {
  change(guild, std::nullopt, [role](GuildEntry& entry) {
    const auto before = entry.role(role);
    entry.forget_role(role);
    return before.may_manage_guild();
  });
}

void GuildCache::member_set(base::GuildId guild, const Member& member) {
  change(guild, member.user, [&](GuildEntry& entry) {
    if (member.user == bot()) entry.set_bot_roles(member.roles);
    const auto before = entry.permissions(guild, member.user);
    if (options_.tracks_members) entry.set_member(guild, member);
    const auto after = entry.permissions(guild, member.user, member.roles);
    if (before) return loses_rights(*before, after);
    // Stored members are all who manage the guild; of others it is not known what they had.
    return options_.tracks_members ? !after.may_manage_guild() : !after.is_administrator();
  });
}

void GuildCache::member_joined(base::GuildId guild) {
  change_without_notice(guild, [](GuildEntry& entry) { entry.add_to_member_count(1); });
}

void GuildCache::member_remove(base::GuildId guild, base::UserId user) {
  change(guild, user, [&](GuildEntry& entry) {
    entry.add_to_member_count(-1);
    entry.remove_member(user);
    return true;
  });
}

void GuildCache::channel_set(base::GuildId guild, const Channel& channel) {
  change_without_notice(guild, [&](GuildEntry& entry) { entry.set_channel(channel); });
}

void GuildCache::channel_delete(base::GuildId guild, ChannelId channel) {
  change_without_notice(guild, [&](GuildEntry& entry) { entry.remove_channel(channel); });
}

template <class Change>
void GuildCache::change_without_notice(base::GuildId guild, Change change) {
  const std::unique_lock lock(mutex_);
  const auto found = guilds_.find(guild);
  if (found == guilds_.end() || !found->second.entry) return;
  ++found->second.version;
  change(*found->second.entry);
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
