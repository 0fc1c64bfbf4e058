#include "domain/guilds.hpp"

#include "api/command.hpp"
#include "api/guild.hpp"
#include "domain/commands.hpp"
#include "server/body.hpp"
#include "server/errors.hpp"
#include "server/json_cache.hpp"
#include "server/responses.hpp"
#include "server/routes/command_list_query.hpp"
#include "server/routes/table.hpp"
#include "server/services.hpp"

namespace guildhall::server::routes {

namespace {

/// The guild with its commands as the query wants them.
net::Task<net::Response> guild_response(Context& context, std::shared_ptr<const database::Guild> guild,
                                        api::CommandListQuery query) {
  auto& cache = context.services.json_cache;
  const auto key = "guild " + guild->id.to_string();
  std::shared_ptr<const std::string> json;
  if (query.scripts) {
    const auto page = co_await context.services.commands.page(*context.guild, query.before, query.limit);
    json = cache.json(key + page_key(query), {guild, page}, [&] { return api::encode(*guild, *page); });
  } else {
    const auto list = co_await context.services.commands.list(*context.guild);
    json = cache.json(key, {guild, list}, [&] { return api::encode(*guild, *list); });
  }
  co_return shared_json_response(std::move(json));
}

}  // namespace

net::Task<net::Response> show_guild(Context& context) {
  const auto query = command_list_query(context.request);
  if (!query) co_return to_response(query.error());
  auto responding = guild_response(context, context.guild->shared_guild(), *query);
  co_return co_await std::move(responding);
}

net::Task<net::Response> change_guild(Context& context) {
  const auto query = command_list_query(context.request);
  if (!query) co_return to_response(query.error());
  auto body = read_json(context.request);
  if (!body) co_return to_response(body.error());
  const auto guild = co_await context.services.guild_settings.update(*context.guild, *std::move(body));
  if (!guild) co_return to_response(guild.error());
  auto responding = guild_response(context, *guild, *query);
  co_return co_await std::move(responding);
}

std::vector<Route> guilds() {
  constexpr std::string_view tag = "Guilds";
  constexpr std::string_view path = "/api/guilds/:id";
  const auto guild = api::json_content(api::guild_schema(), R"({
    "id": "3000000000000000001", "name": "Ada's Workshop", "icon": null, "prefix": "!", "language": "en",
    "createdAt": "2026-01-31T12:34:56.789Z", "updatedAt": "2026-01-31T12:34:56.789Z", "commands": [)" +
                                                                std::string(api::command_summary_example) + "]}");
  // PUT and PATCH do the same: prefix and language have no absent form that PUT could bring about.
  const auto change = [&](std::string_view id) {
    return api::Operation{
        .id = id,
        .tag = tag,
        .summary = "Change a server's settings",
        .description = "Absent fields stay as they are.",
        .parameters = api::command_list_parameters(),
        .body = api::json_content(api::guild_update_schema(), R"({"prefix": "?", "language": "pt-BR"})"),
        .answers = {{200, "The server as it is now.", {}, guild}},
        .errors = {api::errors::prefix_in_trigger, api::errors::malformed_query},
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
         .description = "The commands are those of `listCommands` with the same query; with `scripts=1` the rest of "
                        "them is there from `before=next` on.",
         .parameters = api::command_list_parameters(),
         .answers = {{200, "The server.", {}, guild}},
         .errors = {api::errors::field_required, api::errors::malformed_query}}}},
      {net::Method::put, path, Access::guild_manager, change_guild, change("replaceGuildSettings")},
      {net::Method::patch, path, Access::guild_manager, change_guild, change("changeGuildSettings")},
  };
}

}  // namespace guildhall::server::routes
