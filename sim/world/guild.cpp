#include "sim/world/guild.hpp"

#include <algorithm>

namespace guildhall::sim {

Permissions Guild::permissions_of(const Member& member) const {
  Permissions held;
  const auto add = [&](RoleId wanted) {
    if (const auto role = roles.find(wanted); role != roles.end()) held = held | role->second.permissions;
  };
  add(everyone());
  for (const RoleId role : member.roles) add(role);
  return held.has(administrator) ? all_permissions : held;
}

Permissions Guild::permissions_of(UserId user) const {
  if (user == owner_id) return all_permissions;
  const auto member = members.find(user);
  return member == members.end() ? Permissions{} : permissions_of(member->second);
}

Permissions Guild::permissions_of_bot() const { return bot ? permissions_of(bot_member) : Permissions{}; }

Permissions Guild::overwritten(Permissions held, const Channel& channel, UserId user, const Member& member) const {
  if (held.has(administrator)) return all_permissions;
  const bool thread = is_thread(channel.type);
  const Channel* place = &channel;
  if (thread && channel.parent && channels.contains(*channel.parent)) place = &channels.at(*channel.parent);
  const auto& overwrites = place->overwrites;
  const auto apply = [&held](const Overwrite& one) { held = (held - one.deny) | one.allow; };
  if (const auto all = overwrites.find(id.value()); all != overwrites.end()) apply(all->second);
  Overwrite of_roles;
  for (const RoleId role : member.roles) {
    const auto found = overwrites.find(role.value());
    if (found == overwrites.end()) continue;
    of_roles.allow = of_roles.allow | found->second.allow;
    of_roles.deny = of_roles.deny | found->second.deny;
  }
  apply(of_roles);
  if (const auto own = overwrites.find(user.value()); own != overwrites.end()) apply(own->second);
  if (thread) {
    held = held - send_messages;
    if (held.has(send_messages_in_threads)) held = held | send_messages;
  }
  if (!held.has(view_channel)) return {};
  if (!held.has(send_messages)) held = held - (mention_everyone | send_tts_messages | attach_files | embed_links);
  return held;
}

Permissions Guild::permissions_in(const Channel& channel, UserId user) const {
  if (user == owner_id) return all_permissions;
  const auto member = members.find(user);
  if (member == members.end()) return {};
  return overwritten(permissions_of(member->second), channel, user, member->second);
}

Permissions Guild::permissions_of_bot_in(const Channel& channel, UserId bot_user) const {
  return bot ? overwritten(permissions_of(bot_member), channel, bot_user, bot_member) : Permissions{};
}

const Channel* Guild::find_channel(ChannelId wanted) const {
  for (const auto* place : {&channels, &threads}) {
    if (const auto found = place->find(wanted); found != place->end()) return &found->second;
  }
  return nullptr;
}

int Guild::highest_position(const Member& member) const {
  int highest = 0;
  for (const RoleId role : member.roles) {
    if (const auto found = roles.find(role); found != roles.end()) {
      highest = std::max(highest, found->second.position);
    }
  }
  return highest;
}

}  // namespace guildhall::sim
