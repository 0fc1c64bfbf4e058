#include "server/routes/api/users.hpp"

#include "api/guild.hpp"
#include "api/user.hpp"
#include "database/models/guild_repository.hpp"
#include "server/errors.hpp"
#include "server/responses.hpp"
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
  co_return shared_json_response(context.services.user_json.json(user->id, user));
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

}  // namespace guildhall::server::routes
