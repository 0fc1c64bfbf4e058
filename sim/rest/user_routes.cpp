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
  const UserId person = call.caller.authorization->person;
  return {guild.owner_id == person, guild.permissions_of(person)};
}

}  // namespace

net::Response get_current_user(const ApiCall& call) {
  const World& world = call.sim.world;
  if (call.caller.kind == TokenKind::bot) return json_answer(200, current_bot_response(world.application));
  const auto& authorization = *call.caller.authorization;
  const auto* person = world.find_person(authorization.person);
  if (person == nullptr) return answer(general_error(401));
  return json_answer(200, current_user_response(*person, authorization.scopes));
}

net::Response get_user(const ApiCall& call) {
  const auto id = path_id<UserId>(call, "user_id");
  if (!id) return answer(id.error());
  const World& world = call.sim.world;
  const bool known = *id == world.application.bot_user_id() || world.find_person(*id) != nullptr;
  return known ? json_answer(200, user_response(world, *id)) : answer(unknown_user());
}

net::Response list_current_user_guilds(const ApiCall& call) {
  const auto page = parse_guild_page(call.query);
  if (!page) return answer(page.error());
  const World& world = call.sim.world;
  const auto guilds =
      call.caller.kind == TokenKind::bot ? world.guilds_of_bot() : world.guilds_of(call.caller.authorization->person);
  boost::json::array list;
  for (const Guild* guild : select(guilds, *page)) {
    auto response = my_guild_response(*guild, view_of(call, *guild));
    if (page->with_counts) add_counts(response, *guild);
    list.push_back(std::move(response));
  }
  return json_answer(200, list);
}

}  // namespace guildhall::sim
