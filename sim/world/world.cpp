#include "sim/world/world.hpp"

#include <algorithm>
#include <utility>

namespace guildhall::sim {
namespace {

base::Error no_user(UserId id, std::string field) {
  return base::invalid(std::move(field), "There is no person " + id.to_string() + ".");
}

base::Error not_found(std::string message) { return {base::Errc::not_found, std::move(message), {}, {}}; }

base::Error conflict(std::string message, std::string field = {}) {
  return {base::Errc::conflict, std::move(message), std::move(field), {}};
}

base::Error no_such_user(UserId id) { return not_found("There is no person " + id.to_string() + "."); }
base::Error unknown_guild(GuildId id) { return not_found("There is no guild " + id.to_string() + "."); }

/// Also removes their own role; false if they are not a member.
bool erase_member(Guild& guild, UserId id) {
  std::erase_if(guild.roles, [id](const auto& entry) { return entry.second.of_member == id; });
  return guild.members.erase(id) > 0;
}

}  // namespace

std::optional<Permissions> Permissions::parse(std::string_view text) {
  // An id and a bit set have the same syntax: an unsigned 64-bit decimal number.
  const auto number = base::Id<struct PermissionsTag>::parse(text);
  if (!number) return std::nullopt;
  return Permissions{number->value()};
}

const User* World::find_user(UserId id) const {
  const auto found = users_.find(id);
  return found == users_.end() ? nullptr : &found->second;
}

base::Result<void> World::add_user(User user) {
  const UserId id = user.id;
  if (id == application.bot_user_id()) return conflict("The bot has the id " + id.to_string() + ".", "/id");
  if (!users_.try_emplace(id, std::move(user)).second) {
    return conflict("There is a person " + id.to_string() + " already.", "/id");
  }
  return {};
}

base::Result<void> World::change_user(User user) {
  const auto found = users_.find(user.id);
  if (found == users_.end()) return no_such_user(user.id);
  found->second = std::move(user);
  return {};
}

base::Result<void> World::remove_user(UserId id) {
  if (!users_.contains(id)) return no_such_user(id);
  if (id == application.owner_id) return conflict("This person owns the application.");
  for (const auto& [guild_id, guild] : guilds_) {
    if (guild.owner_id == id) return conflict("This person owns the guild " + guild_id.to_string() + ".");
  }
  for (auto& [guild_id, guild] : guilds_) erase_member(guild, id);
  std::erase_if(direct_messages_, [id](const auto& entry) { return entry.second.recipient == id; });
  users_.erase(id);
  return {};
}

const Guild* World::find_guild(GuildId id) const {
  const auto found = guilds_.find(id);
  return found == guilds_.end() ? nullptr : &found->second;
}

std::vector<const Guild*> World::guilds_of(UserId user) const {
  std::vector<const Guild*> found;
  for (const auto& [id, guild] : guilds_) {
    if (guild.members.contains(user)) found.push_back(&guild);
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
  if (!users_.contains(guild.owner_id)) return no_user(guild.owner_id, "/ownerId");
  for (const auto& [id, member] : guild.members) {
    if (!users_.contains(id)) return no_user(id, "/members");
    for (const RoleId role : member.roles) {
      if (!guild.roles.contains(role)) {
        return base::invalid("/members", "The guild has no role " + role.to_string() + ".");
      }
    }
  }
  for (const auto* place : {&guild.channels, &guild.threads}) {
    for (const auto& [id, channel] : *place) {
      const auto known = guild_of_channel_.find(id);
      if ((known != guild_of_channel_.end() && known->second != guild.id) || direct_messages_.contains(id)) {
        return conflict("There is a channel " + id.to_string() + " already.", "/channels");
      }
    }
  }
  return {};
}

/// A world that was written can be read again: its ids are not given out a second time.
void World::reserve_ids_of(const Guild& guild) {
  constexpr std::uint64_t room = 1'000'000'000'000'000;
  const auto pass = [this](std::uint64_t id) {
    if (id >= first_made_id && id < first_made_id + room) last_id_ = std::max(last_id_, id);
  };
  for (const auto& [id, role] : guild.roles) pass(id.value());
  for (const auto& [id, channel] : guild.channels) pass(id.value());
}

void World::complete(Guild& guild) {
  reserve_ids_of(guild);
  const RoleId everyone = guild.everyone();
  guild.roles.try_emplace(everyone, Role{.id = everyone, .name = "@everyone", .permissions = everyone_permissions});
  guild.members.try_emplace(guild.owner_id);
  if (guild.channels.empty()) {
    const ChannelId id{next_id()};
    guild.channels.emplace(id, Channel{.id = id, .name = "general"});
  }
  for (auto& [id, channel] : guild.channels) {
    channel.guild = guild.id;
    if (channel.parent && !guild.channels.contains(*channel.parent)) channel.parent.reset();
  }
  std::erase_if(guild.threads,
                [&](const auto& entry) { return !guild.channels.contains(entry.second.parent.value_or(ChannelId{})); });
  for (auto& [id, thread] : guild.threads) thread.guild = guild.id;
  const auto of_no_channel = [&](const auto& entry) { return !guild.channels.contains(entry.second.channel); };
  std::erase_if(guild.webhooks, of_no_channel);
  std::erase_if(guild.invites, of_no_channel);
  grant_roles(guild);
}

/// Turns granted permissions of members and the bot into roles, and removes roles that nobody has any more.
void World::grant_roles(Guild& guild) {
  const auto role_of = [&](auto is_it, Role made) -> Role& {
    for (auto& [id, role] : guild.roles) {
      if (is_it(role)) return role;
    }
    made.id = RoleId{next_id()};
    for (const auto& [id, role] : guild.roles) made.position = std::max(made.position, role.position + 1);
    return guild.roles.emplace(made.id, std::move(made)).first->second;
  };
  for (auto& [id, member] : guild.members) {
    const auto granted = std::exchange(member.granted, std::nullopt);
    if (!granted) continue;
    member.roles.clear();
    if (everyone_permissions.has(*granted)) {
      std::erase_if(guild.roles, [user = id](const auto& entry) { return entry.second.of_member == user; });
      continue;
    }
    Role& role = role_of([&, user = id](const Role& known) { return known.of_member == user; },
                         Role{.name = users_.at(id).username, .of_member = id});
    role.permissions = *granted;
    member.roles.push_back(role.id);
  }
  std::erase_if(guild.roles, [&](const auto& entry) {
    const Role& role = entry.second;
    if (role.of_bot) return !guild.bot;
    return role.of_member && !guild.members.contains(*role.of_member);
  });
  const auto granted = std::exchange(guild.bot_granted, std::nullopt);
  auto& of_bot = guild.bot_member.roles;
  if (!guild.bot) of_bot.clear();
  std::erase_if(of_bot, [&](RoleId id) { return !guild.roles.contains(id); });
  if (!guild.bot) return;
  Role& role = role_of([](const Role& known) { return known.of_bot; },
                       Role{.name = application.name, .permissions = application.bot_permissions, .of_bot = true});
  if (granted) role.permissions = *granted;
  if (std::find(of_bot.begin(), of_bot.end(), role.id) == of_bot.end()) of_bot.push_back(role.id);
}

void World::place(Guild guild) {
  complete(guild);
  for (const auto& [id, channel] : guild.channels) guild_of_channel_.insert_or_assign(id, guild.id);
  for (const auto& [id, thread] : guild.threads) guild_of_channel_.insert_or_assign(id, guild.id);
  const GuildId id = guild.id;
  guilds_.insert_or_assign(id, std::move(guild));
}

void World::forget_channels(const Guild& guild) {
  for (const auto& [id, channel] : guild.channels) guild_of_channel_.erase(id);
  for (const auto& [id, thread] : guild.threads) guild_of_channel_.erase(id);
}

base::Result<void> World::add_guild(Guild guild) {
  if (const auto sound = check(guild); !sound) return sound;
  if (guilds_.contains(guild.id)) return conflict("There is a guild " + guild.id.to_string() + " already.", "/id");
  place(std::move(guild));
  return {};
}

base::Result<void> World::change_guild(Guild guild) {
  const auto found = guilds_.find(guild.id);
  if (found == guilds_.end()) return unknown_guild(guild.id);
  if (const auto sound = check(guild); !sound) return sound;
  forget_channels(found->second);
  place(std::move(guild));
  return {};
}

base::Result<void> World::remove_guild(GuildId id) {
  const auto found = guilds_.find(id);
  if (found == guilds_.end()) return unknown_guild(id);
  forget_channels(found->second);
  guilds_.erase(found);
  return {};
}

base::Result<void> World::put_member(GuildId guild, UserId user, Permissions permissions) {
  const auto found = guilds_.find(guild);
  if (found == guilds_.end()) return unknown_guild(guild);
  if (!users_.contains(user)) return no_such_user(user);
  found->second.members[user].granted = permissions;
  grant_roles(found->second);
  return {};
}

base::Result<void> World::remove_member(GuildId guild, UserId user) {
  const auto found = guilds_.find(guild);
  if (found == guilds_.end()) return unknown_guild(guild);
  if (found->second.owner_id == user) return conflict("The owner of a guild cannot leave it.");
  if (!erase_member(found->second, user)) return not_found("This person is not in the guild.");
  return {};
}

const Channel* World::find_channel(ChannelId id) const {
  if (const auto found = guild_of_channel_.find(id); found != guild_of_channel_.end()) {
    return guilds_.at(found->second).find_channel(id);
  }
  const auto found = direct_messages_.find(id);
  return found == direct_messages_.end() ? nullptr : &found->second;
}

Thread* World::find_thread(ChannelId id) {
  const auto guild = guild_of_channel_.find(id);
  if (guild == guild_of_channel_.end()) return nullptr;
  auto& threads = guilds_.at(guild->second).threads;
  const auto found = threads.find(id);
  return found == threads.end() ? nullptr : &*found->second.thread;
}

base::Result<ChannelId> World::open_direct_message(UserId user) {
  if (!users_.contains(user)) return no_such_user(user);
  for (const auto& [id, channel] : direct_messages_) {
    if (channel.recipient == user) return id;
  }
  const ChannelId id{next_id()};
  direct_messages_.emplace(id, Channel{.id = id, .type = ChannelType::dm, .recipient = user});
  return id;
}

}  // namespace guildhall::sim
