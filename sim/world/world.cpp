#include "sim/world/world.hpp"

#include <algorithm>
#include <utility>

namespace guildhall::sim {
namespace {

base::Error no_person(UserId id, std::string field) {
  return base::invalid(std::move(field), "There is no person " + id.to_string() + ".");
}

base::Error not_found(std::string message) { return {base::Errc::not_found, std::move(message), {}, {}}; }

base::Error conflict(std::string message, std::string field = {}) {
  return {base::Errc::conflict, std::move(message), std::move(field), {}};
}

base::Error unknown_person(UserId id) { return not_found("There is no person " + id.to_string() + "."); }
base::Error unknown_guild(GuildId id) { return not_found("There is no guild " + id.to_string() + "."); }

}  // namespace

std::optional<Permissions> Permissions::parse(std::string_view text) {
  // The syntax of an id is the syntax of a bit set: an unsigned 64-bit number in decimal.
  const auto number = base::Id<struct PermissionsTag>::parse(text);
  if (!number) return std::nullopt;
  return Permissions{number->value()};
}

Permissions Guild::permissions_of(UserId person) const {
  if (person == owner_id) return all_permissions;
  const auto member = members.find(person);
  return member == members.end() ? Permissions{} : member->second;
}

const Person* World::find_person(UserId id) const {
  const auto found = people_.find(id);
  return found == people_.end() ? nullptr : &found->second;
}

base::Result<void> World::add_person(Person person) {
  const UserId id = person.id;
  if (id == application.bot_user_id()) return conflict("The bot has the id " + id.to_string() + ".", "/id");
  if (!people_.try_emplace(id, std::move(person)).second) {
    return conflict("There is a person " + id.to_string() + " already.", "/id");
  }
  return {};
}

base::Result<void> World::change_person(Person person) {
  const auto found = people_.find(person.id);
  if (found == people_.end()) return unknown_person(person.id);
  found->second = std::move(person);
  return {};
}

base::Result<void> World::remove_person(UserId id) {
  if (!people_.contains(id)) return unknown_person(id);
  if (id == application.owner_id) return conflict("This person owns the application.");
  for (const auto& [guild_id, guild] : guilds_) {
    if (guild.owner_id == id) return conflict("This person owns the guild " + guild_id.to_string() + ".");
  }
  for (auto& [guild_id, guild] : guilds_) guild.members.erase(id);
  people_.erase(id);
  return {};
}

const Guild* World::find_guild(GuildId id) const {
  const auto found = guilds_.find(id);
  return found == guilds_.end() ? nullptr : &found->second;
}

std::vector<const Guild*> World::guilds_of(UserId person) const {
  std::vector<const Guild*> found;
  for (const auto& [id, guild] : guilds_) {
    if (guild.members.contains(person)) found.push_back(&guild);
  }
  return found;
}

std::vector<const Guild*> World::guilds_of_bot() const {
  std::vector<const Guild*> found;
  for (const auto& [id, guild] : guilds_) {
    if (guild.bot) found.push_back(&guild);
  }
  return found;
}

base::Result<void> World::check(const Guild& guild) const {
  if (!people_.contains(guild.owner_id)) return no_person(guild.owner_id, "/ownerId");
  for (const auto& [member, permissions] : guild.members) {
    if (!people_.contains(member)) return no_person(member, "/members");
  }
  return {};
}

base::Result<void> World::add_guild(Guild guild) {
  if (const auto sound = check(guild); !sound) return sound;
  if (guilds_.contains(guild.id)) return conflict("There is a guild " + guild.id.to_string() + " already.", "/id");
  guild.members.try_emplace(guild.owner_id, everyone_permissions);
  const GuildId id = guild.id;
  guilds_.emplace(id, std::move(guild));
  return {};
}

base::Result<void> World::change_guild(Guild guild) {
  const auto found = guilds_.find(guild.id);
  if (found == guilds_.end()) return unknown_guild(guild.id);
  if (const auto sound = check(guild); !sound) return sound;
  guild.members.try_emplace(guild.owner_id, everyone_permissions);
  found->second = std::move(guild);
  return {};
}

base::Result<void> World::remove_guild(GuildId id) {
  if (guilds_.erase(id) == 0) return unknown_guild(id);
  return {};
}

base::Result<void> World::put_member(GuildId guild, UserId person, Permissions permissions) {
  const auto found = guilds_.find(guild);
  if (found == guilds_.end()) return unknown_guild(guild);
  if (!people_.contains(person)) return unknown_person(person);
  found->second.members.insert_or_assign(person, permissions);
  return {};
}

base::Result<void> World::remove_member(GuildId guild, UserId person) {
  const auto found = guilds_.find(guild);
  if (found == guilds_.end()) return unknown_guild(guild);
  if (found->second.owner_id == person) return conflict("The owner of a guild cannot leave it.");
  if (found->second.members.erase(person) == 0) return not_found("This person is not in the guild.");
  return {};
}

}  // namespace guildhall::sim
