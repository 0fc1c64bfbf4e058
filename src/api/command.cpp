#include "api/command.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

#include "api/discord_message.hpp"
#include "schema/format.hpp"
#include "schema/json_writer.hpp"

namespace guildhall::api {
using namespace schema;
namespace json = boost::json;
namespace {

constexpr std::size_t longest_script = 65536;

Schema trigger() {
  return text()
      .length(1, 64)
      .format(format::one_word)
      .describe("The word after the guild's prefix; does not begin with that prefix itself.")
      .example("hello");
}

Schema interaction() {
  return script_schema().describe(
      "JavaScript that runs when a component of the response is used; at most 65536 bytes of UTF-8.");
}

CommandInput read_input(const json::object& body) {
  CommandInput input;
  if (const auto* value = body.if_contains("trigger")) input.trigger = json::value_to<std::string>(*value);
  if (const auto* value = body.if_contains("response")) input.response = json::serialize(*value);
  if (const auto* value = body.if_contains("interaction")) {
    input.interaction.emplace();
    if (value->is_string()) *input.interaction = json::value_to<std::string>(*value);
  }
  return input;
}

base::Result<CommandInput> parse(const Schema& schema, json::value body) {
  if (const auto valid = schema.validate(body); !valid) return valid.error();
  return read_input(body.as_object());
}

}  // namespace

Schema script_schema() { return text().length(0, longest_script).bytes(longest_script).blank_is_null(); }

const Schema& command_input_schema() {
  static const Schema schema = object({
                                          required("trigger", trigger()),
                                          required("response", command_response_schema()),
                                          optional("interaction", interaction().otherwise(nullptr)),
                                      })
                                   .named("CommandInput");
  return schema;
}

const Schema& command_patch_schema() {
  static const Schema schema = object({
                                          optional("trigger", trigger()),
                                          optional("response", command_response_schema()),
                                          optional("interaction", interaction()),
                                      })
                                   .named("CommandPatch")
                                   .describe("What is absent stays as it is; a response is replaced as a whole.")
                                   .at_least_one();
  return schema;
}

base::Result<CommandInput> parse_command_create(json::value body) {
  return parse(command_input_schema(), std::move(body));
}

base::Result<CommandInput> parse_command_replace(json::value body) {
  return parse(command_input_schema(), std::move(body));
}

base::Result<CommandInput> parse_command_patch(json::value body) {
  return parse(command_patch_schema(), std::move(body));
}

const Schema& command_schema() {
  static const Schema schema = object({
                                          required("id", text().format(format::snowflake).read_only()),
                                          required("guildId", text().format(format::snowflake).read_only()),
                                          required("trigger", trigger()),
                                          required("response", command_response_schema()),
                                          required("interaction", interaction()),
                                          required("createdAt", text().format(format::date_time).read_only()),
                                          required("updatedAt", text().format(format::date_time).read_only()),
                                      })
                                   .named("Command");
  return schema;
}

const Schema& command_list_schema() {
  static const Schema schema = list(command_schema());
  return schema;
}

void append_json(std::string& out, const database::Command& command) {
  ObjectWriter(out)
      .id("id", command.id)
      .id("guildId", command.guild_id)
      .text("trigger", command.trigger)
      .json("response", command.response)
      .text_or_null("interaction", command.interaction)
      .time("createdAt", command.created_at)
      .time("updatedAt", command.updated_at)
      .close();
}

std::string encode(const database::Command& command) {
  std::string out;
  append_json(out, command);
  return out;
}

void append_json(std::string& out, std::span<const database::Command> commands) {
  append_json_array(out, commands,
                    [](std::string& json, const database::Command& command) { append_json(json, command); });
}

std::string encode(std::span<const database::Command> commands) {
  std::string out;
  append_json(out, commands);
  return out;
}

}  // namespace guildhall::api
