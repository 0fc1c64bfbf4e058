#include "sim/rest/user_routes.hpp"

#include <boost/json/array.hpp>
#include <utility>

#include "sim/answers.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/discord_json.hpp"
#include "sim/rest/guild_page.hpp"

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

net::Response get_user(const ApiCall& call) {
  const auto id = path_id<UserId>(call, "user_id");
  const World& world = call.sim.world;
  const bool known = id == world.application.bot_user_id() || world.find_user(id) != nullptr;
  if (!known) throw unknown_user();
  return json_answer(200, user_response(world, id));
}

net::Response list_current_user_guilds(const ApiCall& call) {
  const auto page = parse_guild_page(call.query);
  const World& world = call.sim.world;
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
