#include "sim/rest/role_routes.hpp"

#include <boost/json/array.hpp>

#include "sim/answers.hpp"
#include "sim/objects/guild.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/form_reader.hpp"
#include "sim/rest/guild_change.hpp"
#include "sim/rest/hierarchy.hpp"

namespace guildhall::sim {
namespace {

constexpr std::size_t roles_per_guild = 250;
constexpr Bounds role_name_length{1, 100};
constexpr Bounds role_colors{0, 0xFFFFFF};

/// Sets the fields that are there.
void read_role(FormReader& form, Role& role) {
  if (auto name = form.text("name", role_name_length)) role.name = std::move(*name);
  if (const auto permissions = form.permissions("permissions")) role.permissions = *permissions & all_permissions;
  if (const auto color = form.integer("color", role_colors)) role.color = static_cast<std::uint32_t>(*color);
  if (auto colors = form.object("colors")) {
    if (const auto color = colors->integer("primary_color", role_colors)) {
      role.color = static_cast<std::uint32_t>(*color);
    }
    colors->refuse({"secondary_color", "tertiary_color"});
  }
  role.hoist = form.boolean("hoist", role.hoist);
  role.mentionable = form.boolean("mentionable", role.mentionable);
  form.refuse({"icon", "unicode_emoji"});
}

net::Response role_answer(const ApiCall& call, const Guild& guild, RoleId id) {
  return json_answer(200, role_response(call.sim.world.application, guild.roles.at(id)));
}

/// The role in the path, which the bot may change.
const Role& open_role(const ApiCall& call, const Guild& guild) {
  const Role& role = find_role(guild, path_id<RoleId>(call, "role_id"));
  check_below_bot(guild, role);
  return role;
}

}  // namespace

net::Response list_roles(const ApiCall& call) {
  return json_answer(200, role_responses(call.sim.world.application, open_guild(call)));
}

net::Response get_role(const ApiCall& call) {
  const Guild& guild = open_guild(call);
  return role_answer(call, guild, find_role(guild, path_id<RoleId>(call, "role_id")).id);
}

net::Response count_role_members(const ApiCall& call) {
  const Guild& guild = open_guild(call);
  boost::json::object counts;
  for (const auto& [id, role] : guild.roles) {
    if (id != guild.everyone()) counts[id.to_string()] = 0;
  }
  const auto count = [&](const Member& member) {
    for (const RoleId id : member.roles) counts[id.to_string()] = counts[id.to_string()].as_int64() + 1;
  };
  count(guild.bot_member);
  for (const auto& [id, member] : guild.members) count(member);
  return json_answer(200, counts);
}

net::Response create_role(const ApiCall& call) {
  const Guild& guild = open_guild(call, manage_roles);
  const auto body = call.request.body.empty() ? boost::json::object() : parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  Role role{.name = "new role", .permissions = guild.roles.at(guild.everyone()).permissions, .position = 1};
  read_role(form, role);
  problems.throw_if_any();
  check_bot_has(guild, role.permissions);
  if (guild.roles.size() >= roles_per_guild) {
    throw DiscordError{400, 30005, "Maximum number of guild roles reached (250)"};
  }
  role.id = RoleId{call.sim.new_snowflake()};
  // A new role is the lowest, and moves the others up.
  const Guild& changed = change_guild(call.sim, guild.id, [&](Guild& after) {
    for (auto& [id, other] : after.roles) {
      if (id != after.everyone()) ++other.position;
    }
    after.roles.emplace(role.id, role);
  });
  return role_answer(call, changed, role.id);
}

net::Response move_roles(const ApiCall& call) {
  const Guild& guild = open_guild(call, manage_roles);
  const auto* changed = change_guild_by_list(call, guild, [&](Guild& after, FormReader& form) {
    form.require("id");
    const auto id = form.snowflake<RoleId>("id");
    const auto position = form.integer("position", {0, INT32_MAX});
    if (!id || !position) return;
    const Role& role = find_role(guild, *id);
    // Libraries send the positions of all roles.
    if (role.position == *position) return;
    check_below_bot(guild, role);
    if (*position >= guild.highest_position(guild.bot_member)) throw missing_permissions();
    after.roles.at(*id).position = static_cast<int>(*position);
  });
  return json_answer(200, role_responses(call.sim.world.application, *changed));
}

net::Response change_role(const ApiCall& call) {
  const Guild& guild = open_guild(call, manage_roles);
  Role role = open_role(call, guild);
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  const Permissions before = role.permissions;
  read_role(form, role);
  problems.throw_if_any();
  check_bot_has(guild, role.permissions - before);
  const RoleId id = role.id;
  const Guild& changed = change_guild(call.sim, guild.id, [&](Guild& after) { after.roles.at(id) = role; });
  return role_answer(call, changed, id);
}

net::Response delete_role(const ApiCall& call) {
  const Guild& guild = open_guild(call, manage_roles);
  const Role& role = open_role(call, guild);
  if (role.id == guild.everyone() || role.of_bot) throw DiscordError{400, 50028, "Invalid Role"};
  change_guild(call.sim, guild.id, [id = role.id](Guild& after) {
    after.roles.erase(id);
    for (auto& [user, member] : after.members) std::erase(member.roles, id);
    for (auto& [channel_id, channel] : after.channels) channel.overwrites.erase(id.value());
  });
  return no_content();
}

}  // namespace guildhall::sim
