#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <utility>

#include "api/dry_run.hpp"
#include "domain/commands.hpp"
#include "server/body.hpp"
#include "server/dry_runs.hpp"
#include "server/errors.hpp"
#include "server/responses.hpp"
#include "server/routes/table.hpp"
#include "server/services.hpp"
#include "server/user_guilds.hpp"

namespace guildhall::server::routes {
namespace {

namespace json = boost::json;

/// The body is optional, as is everything in it.
base::Result<api::DryRunRequest> read_request(const net::Request& http) {
  if (http.body.empty()) return api::DryRunRequest{};
  auto body = read_json(http);
  if (!body) return body.error();
  return api::parse_dry_run(std::move(*body));
}

/// The caller's permissions in the guild, as far as Discord has told them.
net::Task<discord::Permissions> permissions_of_caller(Context& context) {
  auto claims = context.session->claims;
  const auto listing = co_await context.services.user_guilds.list(std::move(claims));
  if (listing) {
    for (const auto& guild : listing->snapshot->guilds) {
      if (guild.id == context.guild->id()) co_return guild.permissions;
    }
  }
  co_return discord::Permissions(DryRunInteraction::everyday_permissions | discord::Permissions::manage_guild);
}

/// The person that the request names, or else the caller.
net::Task<DryRunUser> user_of(Context& context, api::DryRunRequest request) {
  const auto& caller = *context.session->user;
  DryRunUser person{request.user.value_or(caller.id), request.username.value_or(caller.username),
                    request.global_name.value_or(caller.global_name),
                    discord::Permissions(DryRunInteraction::everyday_permissions)};
  if (person.id == caller.id) {
    person.permissions = co_await permissions_of_caller(context);
  }
  co_return person;
}

/// The message of the command's response, with the content that the request wants.
json::object message_of(const database::Command& command, const api::DryRunRequest& request) {
  auto parts = json::parse(command.response).as_object();
  if (request.content) parts["content"] = *request.content;
  return parts;
}

net::Task<net::Response> dry_run_command(Context& context) {
  auto request = read_request(context.request);
  if (!request) co_return to_response(request.error());
  const auto command = co_await context.services.commands.find(*context.guild, command_id(context));
  if (!command) co_return to_response(command.error());
  auto script = request->script ? std::move(request->script) : (*command)->interaction;
  if (!script) co_return to_response(api::errors::no_script);
  const auto person = co_await user_of(context, *request);

  auto& dry_runs = context.services.dry_runs;
  DryRunInteraction interaction(dry_runs.application(), context.guild->id(), context.services.clock.now());
  auto message = interaction.message(message_of(**command, *request));
  vm::ScriptRun run{context.guild->id(), *std::move(script), interaction.interaction(message, person, *request),
                    std::move(request->args)};
  auto host = std::make_shared<DryRunHost>(std::move(interaction), std::move(message));
  const auto result = co_await dry_runs.run(std::move(run), std::move(host));
  if (!result) co_return to_response(result.error());
  co_return json_response(200, api::encode(*result));
}

}  // namespace

std::vector<Route> command_test() {
  namespace errors = api::errors;
  constexpr std::string_view example = R"json({
    "interaction": {"customId": "greet", "user": {"globalName": "Ada Lovelace"}},
    "script": "console.log('greeted')\nawait interaction.reply({content: `Hello, ${interaction.user}!`, ephemeral: true})",
    "args": []
  })json";
  constexpr std::string_view result = R"({
    "ending": "completed", "error": null,
    "calls": [{"method": "reply", "data": {"content": "Hello, <@2000000000000000001>!", "flags": 64,
                                           "allowed_mentions": {"parse": []}}}],
    "console": [{"level": "log", "text": "greeted"}],
    "cpuMs": 2, "wallMs": 3, "memory": 262144
  })";
  return {
      {net::Method::post,
       "/api/guilds/:id/commands/:commandId/test",
       Access::guild_manager,
       dry_run_command,
       {{.id = "testCommand",
         .tag = "Commands",
         .summary = "Test a command's script",
         .description = "Runs the script as if somebody used a component of the command's response, and says what it "
                        "would have done. Nothing reaches Discord. The run counts towards the server's limits.",
         .body = api::json_content(api::dry_run_schema(), example),
         .answers = {{200, "What the script did.", {}, api::json_content(api::dry_run_result_schema(), result)}},
         .errors = {errors::no_script, errors::no_such_command, errors::scripts_busy, errors::scripts_starting,
                    errors::scripts_off, errors::scripts_failed}}}},
  };
}

}  // namespace guildhall::server::routes
