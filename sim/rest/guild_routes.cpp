#include "sim/rest/guild_routes.hpp"

#include <boost/json/array.hpp>
#include <map>

#include "sim/answers.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/discord_json.hpp"
#include "sim/rest/query_fields.hpp"

namespace guildhall::sim {
namespace {

constexpr std::size_t members_per_page = 1000;

DiscordError unknown_member() { return {404, 10007, "Unknown Member"}; }

/// The guild in the path. One without the bot is as unknown to it as one that is not there.
const Guild& open_guild(const ApiCall& call) {
  const Guild* guild = call.sim.world.find_guild(path_id<GuildId>(call, "guild_id"));
  if (guild == nullptr || !guild->bot) throw unknown_guild();
  return *guild;
}

}  // namespace

net::Response get_guild(const ApiCall& call) {
  const Guild& guild = open_guild(call);
  const bool with_counts = parse_flag(call.query, "with_counts");
  auto response = guild_response(call.sim.world.application, guild);
  if (with_counts) add_counts(response, guild);
  return json_answer(200, response);
}

net::Response list_guild_channels(const ApiCall& call) {
  const Guild& guild = open_guild(call);
  boost::json::array channels;
  for (const auto& [id, channel] : guild.channels) channels.push_back(channel_response(call.sim.world, channel));
  return json_answer(200, channels);
}

net::Response list_roles(const ApiCall& call) {
  const Guild& guild = open_guild(call);
  return json_answer(200, role_responses(call.sim.world.application, guild));
}

net::Response list_members(const ApiCall& call) {
  const Guild& guild = open_guild(call);
  const auto limit = parse_limit(call.query, 1, members_per_page);
  const auto after = parse_snowflake<UserId>(call.query, "after");
  std::map<UserId, const Member*> members{{call.sim.world.application.bot_user_id(), &guild.bot_member}};
  for (const auto& [id, member] : guild.members) members.emplace(id, &member);
  boost::json::array list;
  for (auto at = members.upper_bound(after.value_or(UserId{0})); at != members.end() && list.size() < limit; ++at) {
    list.push_back(member_response(call.sim.world, guild, at->first, *at->second));
  }
  return json_answer(200, list);
}

net::Response get_member(const ApiCall& call) {
  const Guild& guild = open_guild(call);
  const auto id = path_id<UserId>(call, "user_id");
  const Member* member = find_member(call.sim.world, guild, id);
  if (member == nullptr) throw unknown_member();
  return json_answer(200, member_response(call.sim.world, guild, id, *member));
}

}  // namespace guildhall::sim
