#include "api/guild_stats.hpp"

#include "server/body.hpp"
#include "server/errors.hpp"
#include "server/responses.hpp"
#include "server/routes/table.hpp"
#include "server/services.hpp"

namespace guildhall::server::routes {
namespace {

net::Task<net::Response> show_guild_stats(Context& context) {
  const auto fields = read_query(context.request);
  if (!fields) co_return to_response(fields.error());
  const auto days = api::parse_stats_days(*fields);
  if (!days) co_return to_response(days.error());
  const auto now = context.services.clock.now();
  auto listing = context.services.list_uses(context.guild->id(), database::day_of(now) - *days + 1);
  const auto uses = co_await std::move(listing);
  co_return json_response(200, api::encode_guild_stats(uses, now, *days));
}

}  // namespace

std::vector<Route> guild_stats() {
  constexpr std::string_view stats = R"({
    "timeZone": "UTC",
    "days": [{"day": "2026-01-30", "uses": 12, "failures": 0}, {"day": "2026-01-31", "uses": 3, "failures": 1}],
    "commands": [{"commandId": "7", "uses": 15, "failures": 1, "lastFailureAt": "2026-01-31T12:34:56.789Z",
                  "lastFailure": "The bot needs the permission Embed Links in this channel."}]
  })";
  return {
      {net::Method::get,
       "/api/guilds/:id/stats",
       Access::guild_manager,
       show_guild_stats,
       {{.id = "showGuildStats",
         .tag = "Guilds",
         .summary = "How often commands were used, and failed",
         .description =
             "By day and by command. A use is a message that started a command, or a button or select menu of its "
             "response whose script ran. It failed if the bot was not able to send the response, or if the script did "
             "not complete. What a cooldown or a full queue held back does not count. A use appears within seconds; "
             "the counts of a day are kept for 90 days, those of deleted commands too. What happens while the "
             "database is not available is not counted.",
         .parameters = api::stats_parameters(),
         .answers = {{200, "The counts.", {}, api::json_content(api::guild_stats_schema(), stats)}},
         .errors = {api::errors::field_required, api::errors::malformed_query}}}},
  };
}

}  // namespace guildhall::server::routes
