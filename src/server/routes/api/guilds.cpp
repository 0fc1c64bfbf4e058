#include "domain/guilds.hpp"

#include "api/command.hpp"
#include "api/guild.hpp"
#include "domain/commands.hpp"
#include "server/body.hpp"
#include "server/errors.hpp"
#include "server/responses.hpp"
#include "server/routes/table.hpp"
#include "server/services.hpp"

namespace guildhall::server::routes {

net::Task<net::Response> show_guild(Context& context) {
  const auto commands = co_await context.services.commands.list(*context.guild);
  co_return json_response(200, api::encode(context.guild->guild(), *commands));
}

net::Task<net::Response> change_guild(Context& context) {
  auto body = read_json(context.request);
  if (!body) co_return to_response(body.error());
  const auto guild = co_await context.services.guild_settings.update(*context.guild, *std::move(body));
  if (!guild) co_return to_response(guild.error());
  const auto commands = co_await context.services.commands.list(*context.guild);
  co_return json_response(200, api::encode(**guild, *commands));
}

std::vector<Route> guilds() {
  constexpr std::string_view tag = "Guilds";
  constexpr std::string_view path = "/api/guilds/:id";
  const auto guild = api::json_content(api::guild_schema(), R"({
    "id": "3000000000000000001", "name": "Ada's Workshop", "icon": null, "prefix": "!", "language": "en",
    "createdAt": "2026-01-31T12:34:56.789Z", "updatedAt": "2026-01-31T12:34:56.789Z", "commands": [)" +
                                                                std::string(api::command_example) + "]}");
  // PUT and PATCH do the same: prefix and language have no absent form that PUT could bring about.
  const auto change = [&](std::string_view id) {
    return api::Operation{
        .id = id,
        .tag = tag,
        .summary = "Change a server's settings",
        .description = "Absent fields stay as they are.",
        .body = api::json_content(api::guild_update_schema(), R"({"prefix": "?", "language": "pt-BR"})"),
        .answers = {{200, "The server as it is now.", {}, guild}},
        .errors = {api::errors::prefix_in_trigger},
    };
  };
  return {
      {net::Method::get,
       path,
       Access::guild_manager,
       show_guild,
       {{.id = "showGuild",
         .tag = tag,
         .summary = "A server's settings and commands",
         .answers = {{200, "The server.", {}, guild}}}}},
      {net::Method::put, path, Access::guild_manager, change_guild, change("replaceGuildSettings")},
      {net::Method::patch, path, Access::guild_manager, change_guild, change("changeGuildSettings")},
  };
}

}  // namespace guildhall::server::routes
