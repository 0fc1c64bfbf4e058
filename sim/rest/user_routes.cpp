#include "sim/rest/user_routes.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <utility>

#include "sim/answers.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/discord_json.hpp"
#include "sim/rest/form_reader.hpp"
#include "sim/rest/guild_page.hpp"
#include "sim/rest/image_form.hpp"

namespace guildhall::sim {
namespace {

GuildView view_of(const ApiCall& call, const Guild& guild) {
  if (call.caller.kind == TokenKind::bot) return {false, guild.permissions_of_bot()};
  const UserId user = call.caller.authorization->user;
  return {guild.owner_id == user, guild.permissions_of(user)};
}

}  // namespace

net::Response get_current_user(const ApiCall& call) {
  const World& world = call.sim.world;
  if (call.caller.kind == TokenKind::bot) return json_answer(200, current_bot_response(world.application));
  const auto& authorization = *call.caller.authorization;
  const auto* user = world.find_user(authorization.user);
  if (user == nullptr) throw general_error(401);
  return json_answer(200, current_user_response(*user, authorization.scopes));
}

net::Response change_current_user(const ApiCall& call) {
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  const auto name = form.text("username", {2, 32});
  const auto avatar = read_image(form, "avatar");
  form.refuse({"banner"});
  problems.throw_if_any();
  Application& application = call.sim.world.application;
  if (name) application.bot_username = *name;
  if (form.mentions("avatar")) application.icon = avatar;
  const auto response = current_bot_response(application);
  call.sim.feed.raw("USER_UPDATE", response, std::nullopt);
  return json_answer(200, response);
}

net::Response get_current_user_member(const ApiCall& call) {
  const Guild* guild = call.sim.world.find_guild(path_id<GuildId>(call, "guild_id"));
  const UserId user = call.caller.authorization->user;
  if (guild == nullptr || !guild->members.contains(user)) throw unknown_guild();
  return json_answer(200, member_response(call.sim.world, *guild, user, guild->members.at(user)));
}

net::Response get_user(const ApiCall& call) {
  const auto id = path_id<UserId>(call, "user_id");
  const World& world = call.sim.world;
  const bool known = id == world.application.bot_user_id() || world.find_user(id) != nullptr;
  if (!known) throw unknown_user();
  return json_answer(200, user_response(world, id));
}

net::Response list_current_user_guilds(const ApiCall& call) {
  const World& world = call.sim.world;
  auto page = parse_guild_page(call.query);
  page.limit = std::min(page.limit, world.behaviour.guilds_per_page.value_or(page.limit));
  const auto guilds =
      call.caller.kind == TokenKind::bot ? world.guilds_of_bot() : world.guilds_of(call.caller.authorization->user);
  boost::json::array list;
  for (const Guild* guild : select(guilds, page)) {
    auto response = my_guild_response(*guild, view_of(call, *guild));
    if (page.with_counts) add_counts(response, *guild);
    list.push_back(std::move(response));
  }
  return json_answer(200, list);
}

}  // namespace guildhall::sim
