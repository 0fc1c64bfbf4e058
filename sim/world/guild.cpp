#include "sim/world/guild.hpp"

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

}  // namespace guildhall::sim
