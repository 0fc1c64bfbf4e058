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

/// The guild that the path names. One without the bot is as unknown to it as one that is not there.
DiscordResult<const Guild*> open_guild(const ApiCall& call) {
  const auto id = path_id<GuildId>(call, "guild_id");
  if (!id) return id.error();
  const Guild* guild = call.sim.world.find_guild(*id);
  if (guild == nullptr || !guild->bot) return unknown_guild();
  return guild;
}

}  // namespace

net::Response get_guild(const ApiCall& call) {
  const auto guild = open_guild(call);
  if (!guild) return answer(guild.error());
  const auto with_counts = parse_flag(call.query, "with_counts");
  if (!with_counts) return answer(with_counts.error());
  auto response = guild_response(call.sim.world.application, **guild);
  if (*with_counts) add_counts(response, **guild);
  return json_answer(200, response);
}

net::Response list_guild_channels(const ApiCall& call) {
  const auto guild = open_guild(call);
  if (!guild) return answer(guild.error());
  boost::json::array channels;
  for (const auto& [id, channel] : (*guild)->channels) channels.push_back(channel_response(call.sim.world, channel));
  return json_answer(200, channels);
}

net::Response list_roles(const ApiCall& call) {
  const auto guild = open_guild(call);
  if (!guild) return answer(guild.error());
  return json_answer(200, role_responses(call.sim.world.application, **guild));
}

net::Response list_members(const ApiCall& call) {
  const auto guild = open_guild(call);
  if (!guild) return answer(guild.error());
  const auto limit = parse_limit(call.query, 1, members_per_page);
  if (!limit) return answer(limit.error());
  const auto after = parse_snowflake<UserId>(call.query, "after");
  if (!after) return answer(after.error());
  std::map<UserId, const Member*> members{{call.sim.world.application.bot_user_id(), &(*guild)->bot_member}};
  for (const auto& [id, member] : (*guild)->members) members.emplace(id, &member);
  boost::json::array list;
  for (auto at = members.upper_bound(after->value_or(UserId{0})); at != members.end() && list.size() < *limit; ++at) {
    list.push_back(member_response(call.sim.world, **guild, at->first, *at->second));
  }
  return json_answer(200, list);
}

net::Response get_member(const ApiCall& call) {
  const auto guild = open_guild(call);
  if (!guild) return answer(guild.error());
  const auto id = path_id<UserId>(call, "user_id");
  if (!id) return answer(id.error());
  const Member* member = find_member(call.sim.world, **guild, *id);
  if (member == nullptr) return answer(unknown_member());
  return json_answer(200, member_response(call.sim.world, **guild, *id, *member));
}

}  // namespace guildhall::sim
