#include "sim/control/world_controls.hpp"

#include <boost/json/array.hpp>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sim/answers.hpp"
#include "sim/world/world_json.hpp"

namespace guildhall::sim {
namespace {

/// The guild in the path.
const Guild& guild_of(const ControlCall& call) {
  const auto id = call.id<GuildId>("id");
  const Guild* guild = call.sim.world.find_guild(id);
  if (guild == nullptr) throw_not_found("There is no guild " + id.to_string() + ".");
  return *guild;
}

/// Replaces `before` by `guild` and publishes the difference.
const Guild& put_in_place(const ControlCall& call, const Guild& before, Guild&& guild) {
  require(call.sim.world.change_guild(std::move(guild)));
  const Guild& after = *call.sim.world.find_guild(before.id);
  call.sim.feed.guild_changed(&before, &after);
  return after;
}

void populate(Guild& guild, World& world, int roles, int channels) {
  for (int i = 1; i <= roles; ++i) {
    const RoleId id{world.next_id()};
    guild.roles.emplace(id, Role{.id = id, .name = "role " + std::to_string(i), .position = i});
  }
  for (int i = 1; i <= channels; ++i) {
    const ChannelId id{world.next_id()};
    std::string name = i == 1 ? "general" : "channel-" + std::to_string(i);
    guild.channels.emplace(id, Channel{.id = id, .name = std::move(name), .position = i - 1});
  }
}

}  // namespace

net::Response show_world(const ControlCall& call) { return json_answer(200, to_json(call.sim.world)); }

net::Response reset(const ControlCall& call) {
  call.sim.reset();
  return no_content();
}

net::Response add_user(const ControlCall& call) {
  const auto body = call.json();
  ObjectReader reader(body, "");
  User user;
  user.id = reader.has("id") ? reader.id<UserId>("id") : UserId{call.sim.new_snowflake()};
  read_fields(reader, user);
  reader.finish();
  require(call.sim.world.add_user(user));
  return json_answer(201, to_json(user));
}

net::Response change_user(const ControlCall& call) {
  const auto id = call.id<UserId>("id");
  const User* known = call.sim.world.find_user(id);
  if (known == nullptr) throw_not_found("There is no person " + id.to_string() + ".");
  User user = *known;
  const auto body = call.json();
  ObjectReader reader(body, "");
  read_fields(reader, user);
  reader.finish();
  require(call.sim.world.change_user(user));
  call.sim.feed.user_changed(user);
  return json_answer(200, to_json(user));
}

net::Response remove_user(const ControlCall& call) {
  const auto id = call.id<UserId>("id");
  std::vector<Guild> left;
  for (const Guild* guild : call.sim.world.guilds_of(id)) left.push_back(*guild);
  require(call.sim.world.remove_user(id));
  for (const Guild& before : left) call.sim.feed.guild_changed(&before, call.sim.world.find_guild(before.id));
  call.sim.grants.revoke_user(id);
  return no_content();
}

net::Response add_guild(const ControlCall& call) {
  const auto body = call.json();
  ObjectReader reader(body, "");
  Guild guild;
  guild.id = reader.has("id") ? reader.id<GuildId>("id") : GuildId{call.sim.new_snowflake()};
  read_fields(reader, guild, call.sim.world);
  reader.finish();
  const GuildId id = guild.id;
  require(call.sim.world.add_guild(std::move(guild)));
  const Guild& made = *call.sim.world.find_guild(id);
  call.sim.feed.guild_changed(nullptr, &made);
  return json_answer(201, to_json(made));
}

net::Response add_guilds(const ControlCall& call) {
  constexpr unsigned shard_bit = 22;
  const auto body = call.json();
  ObjectReader reader(body, "");
  const auto count = static_cast<std::uint64_t>(reader.integer("count", 1, 100'000));
  const auto owner = reader.id<UserId>("ownerId");
  const std::string name = reader.has("name") ? reader.text("name", 1, 100) : "Guild";
  const auto roles = reader.has("roles") ? reader.integer("roles", 0, 250) : 0;
  const auto channels = reader.has("channels") ? reader.integer("channels", 1, 500) : 1;
  reader.finish();
  // Snowflakes a millisecond apart, so that the guilds spread over all shards.
  const std::uint64_t first = call.sim.new_snowflakes(count << shard_bit);
  boost::json::array ids;
  for (std::uint64_t i = 0; i < count; ++i) {
    Guild guild;
    guild.id = GuildId{first + (i << shard_bit)};
    guild.name = name + ' ' + std::to_string(i + 1);
    guild.owner_id = owner;
    populate(guild, call.sim.world, static_cast<int>(roles), static_cast<int>(channels));
    const GuildId id = guild.id;
    require(call.sim.world.add_guild(std::move(guild)));
    call.sim.feed.guild_changed(nullptr, call.sim.world.find_guild(id));
    ids.emplace_back(id.to_string());
  }
  return json_answer(201, {{"ids", std::move(ids)}});
}

net::Response change_guild(const ControlCall& call) {
  const Guild before = guild_of(call);
  Guild guild = before;
  const auto body = call.json();
  ObjectReader reader(body, "");
  read_fields(reader, guild, call.sim.world);
  reader.finish();
  return json_answer(200, to_json(put_in_place(call, before, std::move(guild))));
}

net::Response remove_guild(const ControlCall& call) {
  const Guild before = guild_of(call);
  require(call.sim.world.remove_guild(before.id));
  for (const auto& [id, channel] : before.channels) call.sim.messages.forget(id);
  call.sim.feed.guild_changed(&before, nullptr);
  return no_content();
}

net::Response put_member(const ControlCall& call) {
  const Guild before = guild_of(call);
  const auto user = call.id<UserId>("user_id");
  if (call.sim.world.find_user(user) == nullptr) throw_not_found("There is no person " + user.to_string() + ".");
  Guild guild = before;
  const auto body = call.json();
  ObjectReader reader(body, "");
  read_fields(reader, guild.members[user]);
  reader.finish();
  const Guild& after = put_in_place(call, before, std::move(guild));
  auto json = to_json(user, after.members.at(user));
  json["permissions"] = after.permissions_of(user).to_string();
  return json_answer(200, json);
}

net::Response remove_member(const ControlCall& call) {
  const Guild before = guild_of(call);
  require(call.sim.world.remove_member(before.id, call.id<UserId>("user_id")));
  call.sim.feed.guild_changed(&before, call.sim.world.find_guild(before.id));
  return no_content();
}

net::Response add_role(const ControlCall& call) {
  const Guild before = guild_of(call);
  const auto body = call.json();
  ObjectReader reader(body, "");
  Role role;
  role.id = reader.has("id") ? reader.id<RoleId>("id") : RoleId{call.sim.world.next_id()};
  role.position = static_cast<int>(before.roles.size());
  read_fields(reader, role);
  reader.finish();
  Guild guild = before;
  if (!guild.roles.emplace(role.id, role).second)
    throw_conflict("There is a role " + role.id.to_string() + " already.");
  const Guild& after = put_in_place(call, before, std::move(guild));
  return json_answer(201, to_json(after.roles.at(role.id)));
}

net::Response change_role(const ControlCall& call) {
  const Guild before = guild_of(call);
  Guild guild = before;
  const auto id = call.id<RoleId>("role_id");
  const auto role = guild.roles.find(id);
  if (role == guild.roles.end()) throw_not_found("There is no role " + id.to_string() + ".");
  const auto body = call.json();
  ObjectReader reader(body, "");
  read_fields(reader, role->second);
  reader.finish();
  return json_answer(200, to_json(put_in_place(call, before, std::move(guild)).roles.at(id)));
}

net::Response remove_role(const ControlCall& call) {
  const Guild before = guild_of(call);
  Guild guild = before;
  const auto id = call.id<RoleId>("role_id");
  if (id == guild.everyone()) throw_conflict("@everyone cannot be removed.");
  if (guild.roles.erase(id) == 0) throw_not_found("There is no role " + id.to_string() + ".");
  for (auto& [user, member] : guild.members) std::erase(member.roles, id);
  put_in_place(call, before, std::move(guild));
  return no_content();
}

net::Response add_channel(const ControlCall& call) {
  const Guild before = guild_of(call);
  const auto body = call.json();
  ObjectReader reader(body, "");
  Channel channel;
  channel.id = reader.has("id") ? reader.id<ChannelId>("id") : ChannelId{call.sim.world.next_id()};
  channel.position = static_cast<int>(before.channels.size());
  read_fields(reader, channel);
  reader.finish();
  Guild guild = before;
  if (!guild.channels.emplace(channel.id, channel).second) {
    throw_conflict("There is a channel " + channel.id.to_string() + " already.");
  }
  const Guild& after = put_in_place(call, before, std::move(guild));
  return json_answer(201, to_json(after.channels.at(channel.id)));
}

net::Response change_channel(const ControlCall& call) {
  const Guild before = guild_of(call);
  Guild guild = before;
  const auto id = call.id<ChannelId>("channel_id");
  const auto channel = guild.channels.find(id);
  if (channel == guild.channels.end()) throw_not_found("There is no channel " + id.to_string() + ".");
  const auto body = call.json();
  ObjectReader reader(body, "");
  read_fields(reader, channel->second);
  reader.finish();
  return json_answer(200, to_json(put_in_place(call, before, std::move(guild)).channels.at(id)));
}

net::Response remove_channel(const ControlCall& call) {
  const Guild before = guild_of(call);
  Guild guild = before;
  const auto id = call.id<ChannelId>("channel_id");
  if (guild.channels.erase(id) == 0) throw_not_found("There is no channel " + id.to_string() + ".");
  if (guild.channels.empty()) throw_conflict("A guild keeps one channel.");
  put_in_place(call, before, std::move(guild));
  call.sim.messages.forget(id);
  return no_content();
}

}  // namespace guildhall::sim
