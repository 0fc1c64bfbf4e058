#include "api/command.hpp"

#include "api/discord_message.hpp"
#include "api/resource.hpp"
#include "schema/format.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

using database::Command;

constexpr std::size_t max_script = 65536;

Schema id() { return text().format(format::snowflake); }
Schema time() { return text().format(format::date_time); }

Schema trigger() {
  return text()
      .length(1, 64)
      .format(format::one_word)
      .describe("The word after the server's prefix. It must not start with that prefix itself.")
      .example("hello");
}

Schema response() { return command_response_schema(); }

Schema interaction() {
  return script_schema().describe(
      "JavaScript that runs when a component of the response is used; at most 65536 bytes of UTF-8.");
}

constexpr auto fields = resource<Command>(
    Field<&Command::id>{id}, Field<&Command::guild_id>{id}, Field<&Command::trigger>{trigger, Input::required},
    Field<&Command::response, JsonText>{response, Input::required},
    Field<&Command::interaction>{interaction, Input::nullable}, Hidden<&Command::revision>{},  // the entity tag
    Field<&Command::created_at>{time}, Field<&Command::updated_at>{time});

base::Result<CommandInput> parse(const Schema& schema, boost::json::value body) {
  if (const auto valid = schema.validate(body); !valid) return valid.error();
  return fields.read<CommandInput>(body.as_object());
}

}  // namespace

Schema script_schema() { return text().length(0, max_script).bytes(max_script).blank_is_null(); }

const Schema& command_input_schema() {
  static const Schema schema = object(fields.input()).named("CommandInput");
  return schema;
}

const Schema& command_patch_schema() {
  static const Schema schema = object(fields.patch())
                                   .named("CommandPatch")
                                   .describe("Absent fields stay as they are. A response is replaced as a whole.")
                                   .at_least_one();
  return schema;
}

base::Result<CommandInput> parse_command_create(boost::json::value body) {
  return parse(command_input_schema(), std::move(body));
}

base::Result<CommandInput> parse_command_replace(boost::json::value body) {
  return parse(command_input_schema(), std::move(body));
}

base::Result<CommandInput> parse_command_patch(boost::json::value body) {
  return parse(command_patch_schema(), std::move(body));
}

const Schema& command_schema() {
  static const Schema schema = object(fields.output()).named("Command");
  return schema;
}

const Schema& command_list_schema() {
  static const Schema schema = list(command_schema());
  return schema;
}

constexpr std::string_view command_example = R"json({
  "id": "7", "guildId": "3000000000000000001", "trigger": "hello",
  "response": {
    "content": "Hello, ${1}!",
    "embeds": [{"title": "Welcome", "color": 5793266, "fields": [{"name": "Rules", "value": "Be kind.", "inline": true}]}],
    "components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "Wave", "custom_id": "wave"}]}]
  },
  "interaction": "await interaction.reply('Hi!')",
  "createdAt": "2026-01-31T12:34:56.789Z", "updatedAt": "2026-01-31T12:34:56.789Z"
})json";

void append_json(std::string& out, std::span<const Command> commands) {
  append_json_array(out, commands, [](std::string& json, const Command& command) { fields.append(json, command); });
}

std::string encode(const Command& command) { return fields.encode(command); }

std::string encode(std::span<const Command> commands) {
  std::string out;
  append_json(out, commands);
  return out;
}

}  // namespace guildhall::api
