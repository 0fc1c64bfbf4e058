#include "discord/cache/guild_entry.hpp"

#include <algorithm>

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

}  // namespace guildhall::discord
