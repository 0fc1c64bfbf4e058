#include "sim/rest/hierarchy.hpp"

namespace guildhall::sim {

DiscordError unknown_role() { return {404, 10011, "Unknown Role"}; }
DiscordError unknown_member() { return {404, 10007, "Unknown Member"}; }

const Role& find_role(const Guild& guild, RoleId id) {
  const auto role = guild.roles.find(id);
  if (role == guild.roles.end()) throw unknown_role();
  return role->second;
}

void check_below_bot(const Guild& guild, const Role& role) {
  if (role.position >= guild.highest_position(guild.bot_member)) throw missing_permissions();
}

void check_outranked_by_bot(const Guild& guild, UserId user) {
  if (user == guild.owner_id) throw missing_permissions();
  const auto member = guild.members.find(user);
  if (member == guild.members.end()) return;
  if (guild.highest_position(member->second) >= guild.highest_position(guild.bot_member)) throw missing_permissions();
}

void check_bot_has(const Guild& guild, Permissions given) {
  if (!guild.permissions_of_bot().has(given)) throw missing_permissions();
}

}  // namespace guildhall::sim
