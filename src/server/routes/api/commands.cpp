#include "domain/commands.hpp"

#include "api/command.hpp"
#include "server/body.hpp"
#include "server/entity_tag.hpp"
#include "server/errors.hpp"
#include "server/json_cache.hpp"
#include "server/responses.hpp"
#include "server/routes/command_list_query.hpp"
#include "server/routes/table.hpp"
#include "server/services.hpp"

namespace guildhall::server::routes {
namespace {

using domain::Commands;

net::Response command_response(unsigned status, const database::Command& command) {
  auto response = json_response(status, api::encode(command));
  response.headers.add("ETag", entity_tag(command));
  return response;
}

/// What If-Match demands. The request outlives it.
Commands::Precondition precondition(const net::Request& request) {
  return [&request](const database::Command& command) { return if_match(request, command); };
}

net::Task<net::Response> update(Context& context, Commands::Body kind) {
  auto body = read_json(context.request);
  if (!body) co_return to_response(body.error());
  const auto updated = co_await context.services.commands.update(*context.guild, command_id(context), *std::move(body),
                                                                 kind, precondition(context.request));
  if (!updated) co_return to_response(updated.error());
  co_return command_response(200, *updated);
}

net::Task<net::Response> list_commands(Context& context) {
  const auto query = command_list_query(context.request);
  if (!query) co_return to_response(query.error());
  auto& cache = context.services.json_cache;
  const auto guild = context.guild->id().to_string();
  std::shared_ptr<const std::string> json;
  if (query->scripts) {
    const auto page = co_await context.services.commands.page(*context.guild, query->before, query->limit);
    json = cache.json("commands " + guild + page_key(*query), {page, nullptr}, [&page] { return api::encode(*page); });
  } else {
    const auto list = co_await context.services.commands.list(*context.guild);
    json = cache.json("commands " + guild, {list, nullptr},
                      [&list] { return api::encode(std::span<const database::CommandSummary>(*list)); });
  }
  co_return shared_json_response(std::move(json));
}

net::Task<net::Response> create_command(Context& context) {
  auto body = read_json(context.request);
  if (!body) co_return to_response(body.error());
  const auto created = co_await context.services.commands.create(*context.guild, *std::move(body));
  if (!created) co_return to_response(created.error());
  auto response = command_response(201, *created);
  response.headers.add("Location", std::string(context.request.path()) + "/" + created->id.to_string());
  co_return response;
}

net::Task<net::Response> show_command(Context& context) {
  const auto command = co_await context.services.commands.find(*context.guild, command_id(context));
  if (!command) co_return to_response(command.error());
  const auto matches = if_match(context.request, **command);
  if (!matches) co_return to_response(matches.error());
  if (if_none_match(context.request, **command)) {
    auto response = empty_response(304);
    response.headers.add("ETag", entity_tag(**command));
    co_return response;
  }
  co_return command_response(200, **command);
}

net::Task<net::Response> replace_command(Context& context) { return update(context, Commands::Body::whole); }

net::Task<net::Response> change_command(Context& context) { return update(context, Commands::Body::patch); }

net::Task<net::Response> remove_command(Context& context) {
  const auto removed =
      co_await context.services.commands.remove(*context.guild, command_id(context), precondition(context.request));
  if (!removed) co_return to_response(removed.error());
  co_return empty_response(204);
}

}  // namespace

std::vector<Route> commands() {
  using enum api::AnswerHeader;
  namespace errors = api::errors;
  constexpr std::string_view tag = "Commands";
  constexpr std::string_view collection = "/api/guilds/:id/commands";
  constexpr std::string_view element = "/api/guilds/:id/commands/:commandId";
  const auto command = api::json_content(api::command_schema(), api::command_example);
  const auto commands =
      api::json_content(api::command_list_schema(), "[" + std::string(api::command_summary_example) + "]");
  const auto input = api::json_content(api::command_input_schema(), R"({
    "trigger": "hello",
    "response": {"content": "Hello, ${1}!", "embeds": [{"title": "Welcome", "color": "#5865f2", "description": ""}]},
    "interaction": ""
  })");
  const auto patch = api::json_content(api::command_patch_schema(), R"({"trigger": "hi"})");
  const std::vector input_errors{errors::trigger_taken, errors::commands_full,      errors::commands_too_large,
                                 errors::script_syntax, errors::trigger_has_prefix, errors::no_such_command};
  auto change_errors = input_errors;
  change_errors.push_back(errors::command_changed);
  const api::Answer changed{200, "The command as it is now.", {etag}, command};

  return {
      {net::Method::get,
       collection,
       Access::guild_manager,
       list_commands,
       {{.id = "listCommands",
         .tag = tag,
         .summary = "A server's commands",
         .description = "All of them without their scripts, ordered by id. With `scripts=1` a page of whole commands, "
                        "the newest first.",
         .parameters = api::command_list_parameters(),
         .answers = {{200, "The commands.", {}, commands}},
         .errors = {errors::field_required, errors::malformed_query}}}},
      {net::Method::post,
       collection,
       Access::guild_manager,
       create_command,
       {{.id = "createCommand",
         .tag = tag,
         .summary = "Create a command",
         .description = "A server has at most 500, with at most 4 MB of triggers, responses and scripts.",
         .body = input,
         .answers = {{201, "The new command.", {location, etag}, command}},
         .errors = input_errors}}},
      {net::Method::get,
       element,
       Access::guild_manager,
       show_command,
       {{.id = "showCommand",
         .tag = tag,
         .summary = "One command",
         .parameters = {api::if_none_match()},
         .answers = {{200, "The command.", {etag}, command}, {304, "The client has this version.", {etag}}},
         .errors = {errors::no_such_command}}}},
      {net::Method::put,
       element,
       Access::guild_manager,
       replace_command,
       {{.id = "replaceCommand",
         .tag = tag,
         .summary = "Replace a command",
         .description =
             "Without `interaction` the command has no script afterwards, without `enabled` it is switched on.",
         .parameters = {api::if_match()},
         .body = input,
         .answers = {changed},
         .errors = change_errors}}},
      {net::Method::patch,
       element,
       Access::guild_manager,
       change_command,
       {{.id = "changeCommand",
         .tag = tag,
         .summary = "Change a command",
         .description = "Absent fields stay as they are. A response is replaced as a whole.",
         .parameters = {api::if_match()},
         .body = patch,
         .answers = {changed},
         .errors = change_errors}}},
      {net::Method::delete_,
       element,
       Access::guild_manager,
       remove_command,
       {{.id = "removeCommand",
         .tag = tag,
         .summary = "Delete a command",
         .parameters = {api::if_match()},
         .answers = {{204, "Deleted."}},
         .errors = {errors::no_such_command, errors::command_changed}}}},
  };
}

}  // namespace guildhall::server::routes
