#include "server/routes/api/users.hpp"

#include "database/models/guild_repository.hpp"
#include "server/errors.hpp"
#include "server/responses.hpp"
#include "server/services.hpp"
#include "server/user_guilds.hpp"
#include "swagger/guild.hpp"
#include "swagger/user.hpp"

namespace guildhall::server::routes {
namespace {

swagger::UserGuild to_dto(const discord::PartialGuild& guild, const database::Guild* row) {
  swagger::UserGuild dto;
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

  std::vector<swagger::UserGuild> dtos;
  dtos.reserve(guilds.size());
  for (std::size_t i = 0; i < guilds.size(); ++i) dtos.push_back(to_dto(guilds[i], rows[i].get()));
  auto response = json_response(200, swagger::encode(std::span<const swagger::UserGuild>(dtos)));
  response.headers.add("Age", std::to_string(listing->age.count()));
  // RFC 7234 section 5.5.1: what a client can see of Discord being away.
  if (listing->stale) response.headers.add("Warning", "110 guildhall \"Response is Stale\"");
  co_return response;
}

}  // namespace guildhall::server::routes
