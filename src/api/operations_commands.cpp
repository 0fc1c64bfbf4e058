#include "api/command.hpp"
#include "api/dry_run.hpp"
#include "api/errors.hpp"
#include "api/example_command.hpp"
#include "api/operation.hpp"
#include "schema/format.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

using base::Errc;

constexpr std::string_view tag = "Commands";
constexpr std::string_view collection = "/api/guilds/{id}/commands";
constexpr std::string_view trial = "/api/guilds/{id}/commands/{commandId}/test";
constexpr std::string_view element = "/api/guilds/{id}/commands/{commandId}";

constexpr std::string_view example_input = R"({
  "trigger": "hello",
  "response": {"content": "Hello, ${1}!", "embeds": [{"title": "Welcome", "color": "#5865f2", "description": ""}]},
  "interaction": ""
})";

constexpr std::string_view example_trial = R"json({
  "interaction": {"customId": "greet", "user": {"globalName": "Ada Lovelace"}},
  "script": "console.log('greeted')\nawait interaction.reply({content: `Hello, ${interaction.user}!`, ephemeral: true})",
  "args": []
})json";

Parameter command_id() {
  return {Parameter::Place::path, "commandId", "The command's id.", text().format(format::snowflake), "7"};
}

Answer command_answer(std::string_view description) {
  return {200, description, {AnswerHeader::etag}, json_content(command_schema(), example_command)};
}

Answers input_problems() {
  return {problem(409, "The guild has a command of this trigger.",
                  {Errc::conflict, "This guild has a command of this trigger.", "/trigger", {}}),
          {422,
           "An unknown field, a value that Discord would refuse, a trigger that begins with the prefix, or a script "
           "that does not parse; line and column say where.",
           {},
           json_content(error_schema(), encode(ErrorBody{"The script does not parse: Unexpected token ';' (line 2, "
                                                         "column 7).",
                                                         "invalid", "/interaction", 2, 7}))}};
}

Operation list_commands() {
  return {
      .method = "GET",
      .path = collection,
      .id = "listCommands",
      .tag = tag,
      .summary = "A guild's commands",
      .description = "All of them, by id.",
      .access = Operation::Access::session,
      .parameters = {guild_id()},
      .body = {},
      .answers = merge(
          {{{200, "The commands.", {}, json_content(command_list_schema(), "[" + std::string(example_command) + "]")}},
           guild_problems(),
           any_problem()}),
  };
}

Operation create_command() {
  Answer created = command_answer("The command, made.");
  created.status = 201;
  created.headers = {AnswerHeader::location, AnswerHeader::etag};
  return {
      .method = "POST",
      .path = collection,
      .id = "createCommand",
      .tag = tag,
      .summary = "Make a command",
      .description = "A guild has at most 1000.",
      .access = Operation::Access::session,
      .parameters = {guild_id()},
      .body = json_content(command_input_schema(), example_input),
      .answers = merge({{std::move(created)}, input_problems(), guild_problems(), json_body_problems(), any_problem()}),
  };
}

Operation show_command() {
  return {
      .method = "GET",
      .path = element,
      .id = "showCommand",
      .tag = tag,
      .summary = "One command",
      .description = "",
      .access = Operation::Access::session,
      .parameters = {guild_id(), command_id(), if_none_match()},
      .body = {},
      .answers = merge({{command_answer("The command."), {304, "As it was.", {AnswerHeader::etag}, {}}},
                        guild_problems(),
                        any_problem()}),
  };
}

/// Of what changes a command that is there.
std::vector<Answer> changed_answers() {
  return merge({{command_answer("The command as it is now.")},
                input_problems(),
                guild_problems(),
                precondition_problem(),
                json_body_problems(),
                any_problem()});
}

Operation replace_command() {
  return {
      .method = "PUT",
      .path = element,
      .id = "replaceCommand",
      .tag = tag,
      .summary = "Replace a command",
      .description = "Without `interaction` it has none afterwards.",
      .access = Operation::Access::session,
      .parameters = {guild_id(), command_id(), if_match()},
      .body = json_content(command_input_schema(), example_input),
      .answers = changed_answers(),
  };
}

Operation change_command() {
  return {
      .method = "PATCH",
      .path = element,
      .id = "changeCommand",
      .tag = tag,
      .summary = "Change a command",
      .description = "Changes what is given; a response as a whole.",
      .access = Operation::Access::session,
      .parameters = {guild_id(), command_id(), if_match()},
      .body = json_content(command_patch_schema(), R"({"trigger": "hi"})"),
      .answers = changed_answers(),
  };
}

Operation remove_command() {
  return {
      .method = "DELETE",
      .path = element,
      .id = "removeCommand",
      .tag = tag,
      .summary = "Remove a command",
      .description = "",
      .access = Operation::Access::session,
      .parameters = {guild_id(), command_id(), if_match()},
      .body = {},
      .answers = merge({{{204, "Gone.", {}, {}}}, guild_problems(), precondition_problem(), any_problem()}),
  };
}

constexpr std::string_view example_trial_result = R"({
  "ending": "completed", "error": null,
  "calls": [{"method": "reply", "data": {"content": "Hello, <@2000000000000000001>!", "flags": 64,
                                         "allowed_mentions": {"parse": []}}}],
  "console": [{"level": "log", "text": "greeted"}],
  "cpuMs": 2, "wallMs": 3, "memory": 262144
})";

Operation try_command() {
  return {
      .method = "POST",
      .path = trial,
      .id = "testCommand",
      .tag = tag,
      .summary = "Try a command's script out",
      .description =
          "Runs the script as if somebody used a component of the command's response, and tells what it would have "
          "done. Nothing reaches Discord. The guild's limits count: it shares them with the scripts that run.",
      .access = Operation::Access::session,
      .parameters = {guild_id(), command_id()},
      .body = json_content(script_trial_schema(), example_trial),
      .answers = merge({{{200, "What it did.", {}, json_content(script_trial_result_schema(), example_trial_result)},
                         problem(422, "A wrong value, or there is no script.",
                                 base::invalid("/script", "This command has no script; give one to be tried out.")),
                         problem(503, "Scripts are off, or too many wait; or Discord or the database is away.",
                                 {Errc::unavailable, "Too many scripts wait already; try again shortly.", "", {}})},
                        guild_problems(),
                        json_body_problems(),
                        any_problem()}),
  };
}

}  // namespace

Operations command_operations() {
  return {list_commands(),  create_command(), show_command(), replace_command(),
          change_command(), remove_command(), try_command()};
}

}  // namespace guildhall::api
