#include "sim/rest/guild_routes.hpp"

#include "sim/answers.hpp"
#include "sim/rest/discord_json.hpp"
#include "sim/rest/query_fields.hpp"

namespace guildhall::sim {

net::Response get_guild(const ApiCall& call) {
  const auto text = call.params["guild_id"];
  const auto id = GuildId::parse(text);
  if (!id) return answer(not_a_snowflake("guild_id", text));
  const auto with_counts = parse_flag(call.query, "with_counts");
  if (!with_counts) return answer(with_counts.error());
  const Guild* guild = call.sim.world.find_guild(*id);
  // A guild without the bot is as unknown to it as one that is not there.
  if (guild == nullptr || !guild->bot) return answer(unknown_guild());
  auto response = guild_response(call.sim.world.application, *guild);
  if (*with_counts) add_counts(response, *guild);
  return json_answer(200, response);
}

}  // namespace guildhall::sim
