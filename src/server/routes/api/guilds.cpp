#include "server/routes/api/guilds.hpp"

#include "api/guild.hpp"
#include "database/models/command_repository.hpp"
#include "database/models/guild_repository.hpp"
#include "server/body.hpp"
#include "server/errors.hpp"
#include "server/responses.hpp"
#include "server/services.hpp"

namespace guildhall::server::routes {

net::Task<net::Response> show_guild(Context& context) {
  const auto commands = co_await context.services.commands.list(context.guild->id);
  co_return json_response(200, api::encode(*context.guild, *commands));
}

net::Task<net::Response> change_guild(Context& context) {
  auto body = read_json(context.request);
  if (!body) co_return to_response(body.error());
  auto change = api::parse_guild_update(std::move(*body));
  if (!change) co_return to_response(change.error());

  auto changed = co_await context.services.guilds.update(context.guild->id, std::move(change->prefix),
                                                         std::move(change->language));
  if (!changed) co_return to_response(changed.error());
  context.guild = std::move(*changed);
  auto response = co_await show_guild(context);
  co_return response;
}

}  // namespace guildhall::server::routes
