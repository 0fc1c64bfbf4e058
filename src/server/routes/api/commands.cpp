#include "api/command.hpp"
#include "api/dry_run.hpp"
#include "database/models/command_repository.hpp"
#include "server/body.hpp"
#include "server/command_target.hpp"
#include "server/entity_tag.hpp"
#include "server/errors.hpp"
#include "server/json_cache.hpp"
#include "server/responses.hpp"
#include "server/routes/table.hpp"
#include "server/scripts.hpp"
#include "server/services.hpp"

namespace guildhall::server::routes {
namespace {

net::Response command_response(unsigned status, const database::Command& command) {
  auto response = json_response(status, api::encode(command));
  response.headers.add("ETag", entity_tag(command));
  return response;
}

/// The command that the path names, as the request may see or change it.
struct Target {
  std::shared_ptr<const database::Command> command;
  std::optional<std::uint64_t> expected_revision;
};

net::Task<base::Result<Target>> find_target(Context& context) {
  const auto command = co_await find_command(context);
  if (!command) co_return command.error();
  const auto revision = if_match(context.request, **command);
  if (!revision) co_return revision.error();
  co_return Target{*command, *revision};
}

/// The answer to somebody who wants to save a script that does not parse; nothing where it may be saved.
net::Task<std::optional<net::Response>> refuse_script(Context& context, std::string script) {
  auto checking = context.services.scripts.syntax_error(context.guild->id, std::move(script));
  const auto fault = co_await std::move(checking);
  if (!fault) co_return std::nullopt;
  co_return json_response(422, api::encode_syntax_error(*fault, "/interaction"));
}

using Parse = base::Result<api::CommandInput> (*)(boost::json::value body);

net::Task<net::Response> update(Context& context, Parse parse) {
  auto body = read_json(context.request);
  if (!body) co_return to_response(body.error());
  auto input = parse(std::move(*body));
  if (!input) co_return to_response(input.error());
  const auto target = co_await find_target(context);
  if (!target) co_return to_response(target.error());

  if (input->interaction && *input->interaction && *input->interaction != target->command->interaction) {
    auto refusing = refuse_script(context, **input->interaction);
    auto refused = co_await std::move(refusing);
    if (refused) co_return *std::move(refused);
  }
  database::CommandChange change{std::move(input->trigger), std::move(input->response), std::move(input->interaction)};
  const auto changed = co_await context.services.commands.update(context.guild->id, target->command->id,
                                                                 std::move(change), target->expected_revision);
  if (!changed) co_return to_response(changed.error());
  co_return command_response(200, *changed);
}

}  // namespace

net::Task<net::Response> list_commands(Context& context) {
  const auto list = co_await context.services.commands.list(context.guild->id);
  co_return shared_json_response(context.services.command_json.json(context.guild->id, list));
}

net::Task<net::Response> create_command(Context& context) {
  auto body = read_json(context.request);
  if (!body) co_return to_response(body.error());
  auto input = api::parse_command_create(std::move(*body));
  if (!input) co_return to_response(input.error());

  auto interaction = std::move(input->interaction).value_or(std::nullopt);
  if (interaction) {
    auto refusing = refuse_script(context, *interaction);
    auto refused = co_await std::move(refusing);
    if (refused) co_return *std::move(refused);
  }
  const auto created = co_await context.services.commands.create(context.guild->id, std::move(*input->trigger),
                                                                 std::move(*input->response), std::move(interaction));
  if (!created) co_return to_response(created.error());
  auto response = command_response(201, *created);
  response.headers.add("Location", std::string(context.request.path()) + "/" + created->id.to_string());
  co_return response;
}

net::Task<net::Response> show_command(Context& context) {
  const auto target = co_await find_target(context);
  if (!target) co_return to_response(target.error());
  if (if_none_match(context.request, *target->command)) {
    auto response = empty_response(304);
    response.headers.add("ETag", entity_tag(*target->command));
    co_return response;
  }
  co_return command_response(200, *target->command);
}

net::Task<net::Response> replace_command(Context& context) { return update(context, api::parse_command_replace); }

net::Task<net::Response> change_command(Context& context) { return update(context, api::parse_command_patch); }

net::Task<net::Response> remove_command(Context& context) {
  const auto target = co_await find_target(context);
  if (!target) co_return to_response(target.error());
  const auto removed =
      co_await context.services.commands.remove(context.guild->id, target->command->id, target->expected_revision);
  if (!removed) co_return to_response(removed.error());
  co_return empty_response(204);
}

std::vector<Route> commands() {
  using enum api::AnswerHeader;
  namespace errors = api::errors;
  constexpr std::string_view tag = "Commands";
  constexpr std::string_view collection = "/api/guilds/:id/commands";
  constexpr std::string_view element = "/api/guilds/:id/commands/:commandId";
  const auto command = api::json_content(api::command_schema(), api::command_example);
  const auto commands = api::json_content(api::command_list_schema(), "[" + std::string(api::command_example) + "]");
  const auto input = api::json_content(api::command_input_schema(), R"({
    "trigger": "hello",
    "response": {"content": "Hello, ${1}!", "embeds": [{"title": "Welcome", "color": "#5865f2", "description": ""}]},
    "interaction": ""
  })");
  const auto patch = api::json_content(api::command_patch_schema(), R"({"trigger": "hi"})");
  const std::vector input_errors{errors::trigger_taken, errors::script_syntax, errors::trigger_has_prefix,
                                 errors::no_such_command};
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
         .description = "All of them, ordered by id.",
         .answers = {{200, "The commands.", {}, commands}}}}},
      {net::Method::post,
       collection,
       Access::guild_manager,
       create_command,
       {{.id = "createCommand",
         .tag = tag,
         .summary = "Create a command",
         .description = "A server has at most 1000.",
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
         .description = "Without `interaction` the command has no script afterwards.",
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
