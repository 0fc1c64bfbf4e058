#include "server/bot_profile_cache.hpp"
#include "server/responses.hpp"
#include "server/routes/table.hpp"
#include "server/services.hpp"

namespace guildhall::server::routes {

net::Task<net::Response> show_bot(Context& context) {
  co_return json_response(200, api::encode(context.services.bot_profile_cache.profile()));
}

std::vector<Route> bot() {
  constexpr std::string_view example = R"({
    "id": "1150000000000000000", "name": "guildhall", "avatar": null, "guilds": 12,
    "inviteUrl": "https://discord.com/oauth2/authorize?client_id=1150000000000000000&scope=bot%20applications.commands"
  })";
  return {
      {net::Method::get,
       "/api/bot",
       Access::everyone,
       show_bot,
       {{.id = "showBot",
         .tag = "Bot",
         .summary = "What everybody may know about the bot",
         .answers = {{200, "The bot.", {}, api::json_content(api::bot_profile_schema(), example)}}}}},
  };
}

}  // namespace guildhall::server::routes
