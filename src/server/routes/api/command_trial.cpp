#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <utility>

#include "api/dry_run.hpp"
#include "domain/commands.hpp"
#include "server/body.hpp"
#include "server/errors.hpp"
#include "server/responses.hpp"
#include "server/routes/table.hpp"
#include "server/scripts.hpp"
#include "server/services.hpp"
#include "server/user_guilds.hpp"

namespace guildhall::server::routes {
namespace {

namespace json = boost::json;

/// A body need not be there, as nothing in it must.
base::Result<api::DryRunRequest> read_trial(const net::Request& request) {
  if (request.body.empty()) return api::DryRunRequest{};
  auto body = read_json(request);
  if (!body) return body.error();
  return api::parse_script_trial(std::move(*body));
}

/// What the caller may do in the guild, as far as Discord has told.
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

/// Whom the trial names, or who asks for it.
net::Task<DryRunUser> person_of(Context& context, api::DryRunRequest trial) {
  const auto& caller = *context.session->user;
  DryRunUser person{trial.user.value_or(caller.id), trial.username.value_or(caller.username),
                    trial.global_name.value_or(caller.global_name),
                    discord::Permissions(DryRunInteraction::everyday_permissions)};
  if (person.id == caller.id) {
    person.permissions = co_await permissions_of_caller(context);
  }
  co_return person;
}

/// The message that the command makes, with the content that the trial wants.
json::object parts_of(const database::Command& command, const api::DryRunRequest& trial) {
  auto parts = json::parse(command.response).as_object();
  if (trial.content) parts["content"] = *trial.content;
  return parts;
}

}  // namespace

net::Task<net::Response> try_command(Context& context) {
  auto trial = read_trial(context.request);
  if (!trial) co_return to_response(trial.error());
  const auto command = co_await context.services.commands.find(*context.guild, command_id(context));
  if (!command) co_return to_response(command.error());
  auto script = trial->script ? std::move(trial->script) : (*command)->interaction;
  if (!script) co_return to_response(base::invalid("/script", "This command has no script; give one to be tried out."));
  const auto person = co_await person_of(context, *trial);

  auto& scripts = context.services.scripts;
  DryRunInteraction scene(scripts.application(), context.guild->id(), context.services.clock.now());
  auto message = scene.message(parts_of(**command, *trial));
  vm::ScriptRun run{context.guild->id(), *std::move(script), scene.interaction(message, person, *trial),
                    std::move(trial->args)};
  auto world = std::make_shared<DryRunHost>(std::move(scene), std::move(message));
  const auto result = co_await scripts.run(std::move(run), std::move(world));
  if (!result) co_return to_response(result.error());
  co_return json_response(200, api::encode(*result));
}

std::vector<Route> command_test() {
  namespace errors = api::errors;
  constexpr std::string_view request = R"json({
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
       try_command,
       {{.id = "testCommand",
         .tag = "Commands",
         .summary = "Test a command's script",
         .description = "Runs the script as if somebody used a component of the command's response, and says what it "
                        "would have done. Nothing reaches Discord. The run counts towards the server's limits.",
         .body = api::json_content(api::script_trial_schema(), request),
         .answers = {{200, "What the script did.", {}, api::json_content(api::script_trial_result_schema(), result)}},
         .errors = {errors::no_script, errors::no_such_command, errors::scripts_busy, errors::scripts_starting}}}},
  };
}

}  // namespace guildhall::server::routes
