#include "sim/world/guild_json.hpp"

#include <boost/json/array.hpp>
#include <cstddef>
#include <optional>
#include <utility>

#include "sim/world/or_null.hpp"

namespace guildhall::sim {
namespace {

constexpr std::size_t max_guild_text = 400;
constexpr std::size_t hash_size = 128;

/// Replaces the guild's roles; @everyone needs no id.
void read_roles(ObjectReader& reader, Guild& guild, World& world) {
  guild.roles.clear();
  each_object(reader, "roles", [&](ObjectReader& fields, const std::string&) {
    Role role;
    role.position = static_cast<int>(guild.roles.size());
    read_fields(fields, role);
    if (fields.has("id")) {
      role.id = fields.id<RoleId>("id");
    } else {
      role.id = role.name == "@everyone" ? guild.everyone() : RoleId{world.next_id()};
    }
    if (!guild.roles.emplace(role.id, std::move(role)).second) fields.fail("id", "This role is in the list already.");
  });
}

void read_channels(ObjectReader& reader, Guild& guild, World& world) {
  guild.channels.clear();
  each_object(reader, "channels", [&](ObjectReader& fields, const std::string&) {
    Channel channel;
    channel.id = fields.has("id") ? fields.id<ChannelId>("id") : ChannelId{world.next_id()};
    channel.position = static_cast<int>(guild.channels.size());
    read_fields(fields, channel);
    if (!guild.channels.emplace(channel.id, std::move(channel)).second) {
      fields.fail("id", "This channel is in the list already.");
    }
  });
}

}  // namespace

Permissions read_permissions(ObjectReader& reader, std::string_view name) {
  const auto permissions = Permissions::parse(reader.text(name, 1, 20));
  if (!permissions) reader.fail(name, "Permissions are a string of digits, at most 2^64-1.");
  return *permissions;
}

void read_fields(ObjectReader& reader, Guild& guild, World& world) {
  const bool fresh = guild.name.empty();
  if (fresh || reader.has("name")) guild.name = reader.text("name", 1, max_guild_text);
  if (fresh || reader.has("ownerId")) guild.owner_id = reader.id<UserId>("ownerId");
  if (reader.has("icon")) guild.icon = reader.optional_text("icon", hash_size);
  if (reader.has("bot")) guild.bot = reader.boolean("bot");
  if (reader.has("unavailable")) guild.unavailable = reader.boolean("unavailable");
  if (reader.has("botPermissions")) guild.bot_granted = read_permissions(reader, "botPermissions");
  if (reader.has("roles")) read_roles(reader, guild, world);
  if (reader.has("channels")) read_channels(reader, guild, world);
  if (!reader.has("members")) return;
  guild.members.clear();
  each_object(reader, "members", [&](ObjectReader& fields, const std::string&) {
    const auto id = fields.id<UserId>("userId");
    Member member;
    read_fields(fields, member);
    if (!guild.members.emplace(id, std::move(member)).second) {
      fields.fail("userId", "This person is in the list already.");
    }
  });
}

void read_fields(ObjectReader& reader, Role& role) {
  if (role.name.empty() || reader.has("name")) role.name = reader.text("name", 1, max_guild_text);
  if (reader.has("permissions")) role.permissions = read_permissions(reader, "permissions");
  if (reader.has("position")) role.position = static_cast<int>(reader.integer("position", 0, 1000));
  if (reader.has("color")) role.color = static_cast<std::uint32_t>(reader.integer("color", 0, 0xFFFFFF));
  if (reader.has("hoist")) role.hoist = reader.boolean("hoist");
  if (reader.has("mentionable")) role.mentionable = reader.boolean("mentionable");
  if (reader.has("ofBot")) role.of_bot = reader.boolean("ofBot");
  if (reader.has("memberId")) role.of_member = reader.id<UserId>("memberId");
}

void read_fields(ObjectReader& reader, Channel& channel) {
  if (channel.name.empty() || reader.has("name")) channel.name = reader.text("name", 1, max_guild_text);
  if (reader.has("type")) channel.type = static_cast<ChannelType>(reader.integer("type", 0, 16));
  if (reader.has("position")) channel.position = static_cast<int>(reader.integer("position", 0, 1000));
  if (reader.has("topic")) channel.topic = reader.optional_text("topic", 4096);
  if (reader.has("parentId")) channel.parent = reader.id<ChannelId>("parentId");
  if (reader.has("nsfw")) channel.nsfw = reader.boolean("nsfw");
  if (!reader.has("overwrites")) return;
  channel.overwrites.clear();
  each_object(reader, "overwrites", [&](ObjectReader& fields, const std::string&) {
    const auto id = fields.id<base::Id<struct OverwriteTag>>("id");
    const auto type = fields.text("type", 4, 6);
    if (type != "role" && type != "member") fields.fail("type", "This is role or member.");
    Overwrite& overwrite = channel.overwrites[id.value()];
    overwrite.of_member = type == "member";
    if (fields.has("allow")) overwrite.allow = read_permissions(fields, "allow");
    if (fields.has("deny")) overwrite.deny = read_permissions(fields, "deny");
  });
}

void read_fields(ObjectReader& reader, Member& member) {
  if (reader.has("permissions")) member.granted = read_permissions(reader, "permissions");
  if (reader.has("nick")) member.nick = reader.optional_text("nick", hash_size);
  if (!reader.has("roles")) return;
  member.roles.clear();
  for (const auto& item : reader.array("roles")) {
    const auto* text = item.if_string();
    const auto id = text == nullptr ? std::nullopt : RoleId::parse(*text);
    if (!id) reader.fail("roles", "Each role is named by its id, a string of digits.");
    member.roles.push_back(*id);
  }
}

boost::json::object to_json(const Role& role) {
  boost::json::object json{
      {"id", role.id.to_string()},       {"name", role.name},   {"permissions", role.permissions.to_string()},
      {"position", role.position},       {"color", role.color}, {"hoist", role.hoist},
      {"mentionable", role.mentionable},
  };
  if (role.of_bot) json["ofBot"] = true;
  if (role.of_member) json["memberId"] = role.of_member->to_string();
  return json;
}

boost::json::object to_json(const Channel& channel) {
  boost::json::object json{
      {"id", channel.id.to_string()},           {"name", channel.name},
      {"type", static_cast<int>(channel.type)}, {"position", channel.position},
      {"topic", or_null(channel.topic)},
  };
  if (channel.parent) json["parentId"] = channel.parent->to_string();
  if (channel.nsfw) json["nsfw"] = true;
  boost::json::array overwrites;
  for (const auto& [id, overwrite] : channel.overwrites) {
    overwrites.push_back({{"id", std::to_string(id)},
                          {"type", overwrite.of_member ? "member" : "role"},
                          {"allow", overwrite.allow.to_string()},
                          {"deny", overwrite.deny.to_string()}});
  }
  if (!overwrites.empty()) json["overwrites"] = std::move(overwrites);
  return json;
}

boost::json::object to_json(const Guild& guild) {
  boost::json::array roles;
  for (const auto& [id, role] : guild.roles) roles.push_back(to_json(role));
  boost::json::array channels;
  for (const auto& [id, channel] : guild.channels) channels.push_back(to_json(channel));
  boost::json::array members;
  for (const auto& [id, member] : guild.members) members.push_back(to_json(id, member));
  return {
      {"id", guild.id.to_string()},
      {"name", guild.name},
      {"icon", or_null(guild.icon)},
      {"ownerId", guild.owner_id.to_string()},
      {"bot", guild.bot},
      {"unavailable", guild.unavailable},
      {"roles", std::move(roles)},
      {"channels", std::move(channels)},
      {"members", std::move(members)},
  };
}

boost::json::object to_json(UserId id, const Member& member) {
  boost::json::array roles;
  for (const RoleId role : member.roles) roles.emplace_back(role.to_string());
  return {{"userId", id.to_string()}, {"nick", or_null(member.nick)}, {"roles", std::move(roles)}};
}

}  // namespace guildhall::sim
