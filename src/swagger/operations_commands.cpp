#include "swagger/command.hpp"
#include "swagger/example_command.hpp"
#include "swagger/format.hpp"
#include "swagger/operation.hpp"

namespace guildhall::swagger {
namespace {

using base::Errc;

constexpr std::string_view tag = "Commands";
constexpr std::string_view collection = "/api/guilds/{id}/commands";
constexpr std::string_view element = "/api/guilds/{id}/commands/{commandId}";

constexpr std::string_view example_input = R"({
  "trigger": "hello",
  "response": {"content": "Hello, ${1}!", "embeds": [{"title": "Welcome", "color": "#5865f2", "description": ""}]},
  "interaction": ""
})";

Parameter command_id() {
  return {Parameter::Place::path, "commandId", "The command's id.", text().format(format::snowflake), "7"};
}

Answer command_answer(std::string_view description) {
  return {200, description, {AnswerHeader::etag}, json_content(command_schema(), example_command)};
}

Answers input_problems() {
  return {problem(409, "The guild has a command of this trigger.",
                  {Errc::conflict, "This guild has a command of this trigger.", "/trigger", {}}),
          problem(422, "An unknown field, a value that Discord would refuse, or a trigger that begins with the prefix.",
                  base::invalid("/response/content", "Must be at most 2000 characters; this has 2001."))};
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

}  // namespace

Operations command_operations() {
  return {list_commands(), create_command(), show_command(), replace_command(), change_command(), remove_command()};
}

}  // namespace guildhall::swagger
