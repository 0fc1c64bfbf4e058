#include "api/guild.hpp"
#include "api/user.hpp"
#include "database/models/guild_store.hpp"
#include "server/errors.hpp"
#include "server/responses.hpp"
#include "server/routes/table.hpp"
#include "server/services.hpp"
#include "server/user_guilds.hpp"

namespace guildhall::server::routes {
namespace {

api::UserGuild to_dto(const discord::PartialGuild& guild, const database::Guild* row) {
  api::UserGuild dto;
  dto.id = guild.id;
  dto.name = guild.name;
  dto.icon = guild.icon;
  dto.owner = guild.owner;
  dto.permissions = guild.permissions.bits();
  dto.manageable = guild.manageable();
  dto.bot_in_guild = row != nullptr && !row->left_at;
  if (dto.bot_in_guild) {
    dto.prefix = row->prefix;
    dto.language = row->language;
  }
  return dto;
}

}  // namespace

net::Task<net::Response> show_me(Context& context) {
  const auto& user = context.session->user;
  auto json = context.services.json_cache.json("user " + user->id.to_string(), {user, nullptr},
                                               [&user] { return api::encode(*user); });
  co_return shared_json_response(std::move(json));
}

net::Task<net::Response> list_my_guilds(Context& context) {
  const auto listing = co_await context.services.user_guilds.list(context.session->claims);
  if (!listing) co_return to_response(listing.error());
  const auto& guilds = listing->snapshot->guilds;

  std::vector<base::GuildId> ids;
  ids.reserve(guilds.size());
  for (const auto& guild : guilds) ids.push_back(guild.id);
  const auto rows = co_await context.services.guilds.find_many(std::move(ids));

  std::vector<api::UserGuild> dtos;
  dtos.reserve(guilds.size());
  for (std::size_t i = 0; i < guilds.size(); ++i) dtos.push_back(to_dto(guilds[i], rows[i].get()));
  auto response = json_response(200, api::encode(std::span<const api::UserGuild>(dtos)));
  response.headers.add("Age", std::to_string(listing->age.count()));
  // RFC 7234 section 5.5.1: what a client can see of Discord being away.
  if (listing->stale) response.headers.add("Warning", "110 guildhall \"Response is Stale\"");
  co_return response;
}

std::vector<Route> users() {
  constexpr std::string_view tag = "Users";
  constexpr std::string_view user = R"({
    "id": "2000000000000000001", "username": "ada", "globalName": "Ada", "avatar": null, "email": "ada@example.org",
    "roles": [{"id": "1", "name": "ADMIN"}],
    "createdAt": "2026-01-31T12:34:56.789Z", "updatedAt": "2026-01-31T12:34:56.789Z"
  })";
  constexpr std::string_view guilds = R"([
    {"id": "3000000000000000001", "name": "Ada's Workshop", "icon": null, "owner": true, "permissions": "2147483647",
     "manageable": true, "botInGuild": true, "prefix": "!", "language": "en"},
    {"id": "3000000000000000003", "name": "Quiet Corner", "icon": null, "owner": false, "permissions": "0",
     "manageable": false, "botInGuild": false}
  ])";
  return {
      {net::Method::get,
       "/api/users/me",
       Access::session,
       show_me,
       {{.id = "showMe",
         .tag = tag,
         .summary = "Who is logged in",
         .description = "The person as Discord described them at the last login.",
         .answers = {{200, "The person.", {}, api::json_content(api::user_schema(), user)}}}}},
      {net::Method::get,
       "/api/users/me/guilds",
       Access::session,
       list_my_guilds,
       {{.id = "listMyGuilds",
         .tag = tag,
         .summary = "The person's servers",
         .description = "From Discord, cached for a short time. While Discord limits our requests or is not available, "
                        "an older list is shown, marked by the field Warning.",
         .answers = {{200,
                      "The servers.",
                      {api::AnswerHeader::age, api::AnswerHeader::warning},
                      api::json_content(api::user_guilds_schema(), guilds)}},
         .errors = {api::errors::no_guilds_scope, api::errors::discord_failed, api::errors::discord_away,
                    api::errors::discord_limit}}}},
  };
}

}  // namespace guildhall::server::routes
