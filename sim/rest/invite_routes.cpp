#include "sim/rest/invite_routes.hpp"

#include <boost/json/array.hpp>

#include "base/random.hpp"
#include "sim/answers.hpp"
#include "sim/objects/channel.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/discord_json.hpp"
#include "sim/rest/guild_change.hpp"
#include "sim/rest/query_fields.hpp"

namespace guildhall::sim {
namespace {

struct FoundInvite {
  const Guild& guild;
  const Invite& invite;
};

FoundInvite find_invite(const ApiCall& call) {
  const std::string code(call.params["code"]);
  for (const auto& [id, guild] : call.sim.world.guilds()) {
    const auto found = guild.invites.find(code);
    if (found != guild.invites.end()) return {guild, found->second};
  }
  throw DiscordError{404, 10006, "Unknown Invite"};
}

}  // namespace

net::Response create_invite(const ApiCall& call) {
  const auto in = open_channel(call, create_instant_invite);
  if (in.guild == nullptr || in.channel->thread) {
    throw DiscordError{400, 50024, "Cannot execute action on this channel type"};
  }
  const auto body = call.request.body.empty() ? boost::json::object() : parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  Invite invite;
  invite.code = base::random_hex(4);
  invite.channel = in.channel->id;
  invite.inviter = call.sim.world.application.bot_user_id();
  invite.max_age = static_cast<int>(form.integer("max_age", {0, 604'800}).value_or(invite.max_age));
  invite.max_uses = static_cast<int>(form.integer("max_uses", {0, 100}).value_or(0));
  invite.temporary = form.boolean("temporary", false);
  invite.created = call.sim.clock().now();
  form.refuse({"target_type", "target_user_id", "target_application_id"});
  problems.throw_if_any();
  const Guild& after =
      change_guild(call.sim, in.guild->id, [&](Guild& guild) { guild.invites.emplace(invite.code, invite); });
  return json_answer(200, invite_response(call.sim.world, after, invite));
}

net::Response list_channel_invites(const ApiCall& call) {
  const auto in = open_channel(call, manage_channels);
  boost::json::array list;
  if (in.guild == nullptr) return json_answer(200, list);
  for (const auto& [code, invite] : in.guild->invites) {
    if (invite.channel == in.channel->id) list.push_back(invite_response(call.sim.world, *in.guild, invite));
  }
  return json_answer(200, list);
}

net::Response list_guild_invites(const ApiCall& call) {
  const Guild& guild = open_guild(call, manage_guild);
  boost::json::array list;
  for (const auto& [code, invite] : guild.invites) list.push_back(invite_response(call.sim.world, guild, invite));
  return json_answer(200, list);
}

net::Response get_invite(const ApiCall& call) {
  const auto found = find_invite(call);
  auto response = invite_response(call.sim.world, found.guild, found.invite);
  if (parse_flag(call.query, "with_counts")) add_counts(response, found.guild);
  return json_answer(200, response);
}

net::Response delete_invite(const ApiCall& call) {
  const auto found = find_invite(call);
  (void)open_channel(call.sim, found.invite.channel, manage_channels);
  const auto response = invite_response(call.sim.world, found.guild, found.invite);
  change_guild(call.sim, found.guild.id, [code = found.invite.code](Guild& guild) { guild.invites.erase(code); });
  return json_answer(200, response);
}

}  // namespace guildhall::sim
