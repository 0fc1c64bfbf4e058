#include "api/command.hpp"

#include <algorithm>
#include <limits>

#include "api/discord_message.hpp"
#include "api/errors.hpp"
#include "api/resource.hpp"
#include "base/text.hpp"
#include "base/text/hidden.hpp"
#include "schema/format.hpp"
#include "schema/schema_node.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

using database::Command;
using database::CommandPage;
using database::CommandSummary;

constexpr std::size_t max_script = 65536;
constexpr std::int64_t max_commands_per_page = 100;
/// Ids are numbers of the database, which counts up to here.
constexpr base::CommandId beyond_all{static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())};

Schema trigger() {
  return text()
      .length(1, 64)
      .format(format::one_word)
      .rule(&check_visible, visible_rule)
      .describe("The word after the server's prefix. It must not start with that prefix itself.")
      .example("hello");
}

Schema case_sensitive() {
  return boolean().describe(
      "Whether `Hello` is another word than `hello`. Otherwise every spelling starts the command.");
}

Schema enabled() {
  return boolean().describe(
      "Whether the bot answers the command. One that is switched off keeps its trigger, and can be tested.");
}

Schema response() { return command_response_schema(); }

Schema interaction() {
  return script_schema().describe(
      "JavaScript that runs when a component of the response is used; at most 65536 bytes of UTF-8.");
}

constexpr auto fields = resource<Command>(
    Field<&Command::id>{id}, Field<&Command::guild_id>{id}, Field<&Command::trigger>{trigger, Input::required},
    Hidden<&Command::trigger_key>{}, Field<&Command::case_sensitive>{case_sensitive, Input::flag},
    Field<&Command::enabled>{enabled, Input::set_flag}, Field<&Command::response, JsonText>{response, Input::required},
    Field<&Command::interaction>{interaction, Input::nullable}, Hidden<&Command::size>{},
    Hidden<&Command::revision>{},  // the entity tag
    Field<&Command::created_at>{time}, Field<&Command::updated_at>{time});

constexpr auto summary_fields = resource<CommandSummary>(
    Field<&CommandSummary::id>{id}, Field<&CommandSummary::guild_id>{id}, Field<&CommandSummary::trigger>{trigger},
    Field<&CommandSummary::case_sensitive>{case_sensitive}, Field<&CommandSummary::enabled>{enabled},
    Field<&CommandSummary::response, JsonText>{response},
    Computed<CommandSummary>{"hasScript",
                             [] {
                               return boolean().describe(
                                   "Whether a script runs when the command itself is used. No command has one so far.");
                             },
                             [](std::string& out, const CommandSummary&) { append_value(out, false); }},
    Field<&CommandSummary::has_interaction>{
        [] { return boolean().describe("Whether the command has an `interaction`, the script of its components."); }},
    Hidden<&CommandSummary::revision>{}, Field<&CommandSummary::created_at>{time},
    Field<&CommandSummary::updated_at>{time});

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

std::optional<Fault> check_visible(const boost::json::value& word) {
  const auto hidden = base::find_hidden(word.as_string());
  if (!hidden) return std::nullopt;
  return Fault{"", "Must not hold the character " + base::code_point_name(*hidden) +
                       ", which cannot be seen or changes the direction of text. Type the word instead of pasting it."};
}

const Schema& command_schema() {
  static const Schema schema = object(fields.output()).named("Command");
  return schema;
}

const Schema& command_summary_schema() {
  static const Schema schema =
      object(summary_fields.output()).named("CommandSummary").describe("A command without its script.");
  return schema;
}

const Schema& command_list_schema() {
  static const Schema page =
      object({required("commands", list(command_schema())), required("next", next_command_schema())})
          .named("CommandPage");
  static const Schema schema = any_of({list(command_summary_schema()), page});
  return schema;
}

constexpr std::string_view command_example = R"json({
  "id": "7", "guildId": "3000000000000000001", "trigger": "hello", "caseSensitive": false, "enabled": true,
  "response": {
    "content": "Hello, ${1}!",
    "embeds": [{"title": "Welcome", "color": 5793266, "fields": [{"name": "Rules", "value": "Be kind.", "inline": true}]}],
    "components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "Wave", "custom_id": "wave"}]}]
  },
  "interaction": "await interaction.reply('Hi!')",
  "createdAt": "2026-01-31T12:34:56.789Z", "updatedAt": "2026-01-31T12:34:56.789Z"
})json";

constexpr std::string_view command_summary_example = R"json({
  "id": "7", "guildId": "3000000000000000001", "trigger": "hello", "caseSensitive": false, "enabled": true,
  "response": {"content": "Hello, ${1}!", "embeds": [], "components": []},
  "hasScript": false, "hasInteraction": true,
  "createdAt": "2026-01-31T12:34:56.789Z", "updatedAt": "2026-01-31T12:34:56.789Z"
})json";

std::string encode(const Command& command) { return fields.encode(command); }

void append_json(std::string& out, std::span<const CommandSummary> commands) {
  append_json_array(out, commands,
                    [](std::string& json, const CommandSummary& command) { summary_fields.append(json, command); });
}

std::string encode(std::span<const CommandSummary> commands) {
  std::string out;
  append_json(out, commands);
  return out;
}

Schema next_command_schema() { return id().nullable().describe("`before` of the next page; null on the last one."); }

void append_page(ObjectWriter& writer, const CommandPage& page) {
  std::string& out = writer.open("commands");
  const auto start = out.size();
  std::size_t size = start;
  for (const auto& command : page.commands) size += command.size + 512;
  out.reserve(std::min(size, start + max_page_json));
  std::size_t count = 0;
  out += '[';
  for (; count < page.commands.size() && out.size() - start < max_page_json; ++count) {
    if (count > 0) out += ',';
    fields.append(out, page.commands[count]);
  }
  out += ']';
  const bool more = page.more || count < page.commands.size();
  writer.json("next", more ? '"' + page.commands[count - 1].id.to_string() + '"' : "null");
}

std::string encode(const CommandPage& page) {
  std::string out;
  ObjectWriter writer(out);
  append_page(writer, page);
  writer.close();
  return out;
}

namespace {

const Schema& list_query_schema() {
  static const Schema schema = object({optional("scripts", choice({"0", "1"})), optional("before", id()),
                                       optional("limit", integer().range(1, max_commands_per_page))})
                                   .open();
  return schema;
}

}  // namespace

base::Result<CommandListQuery> parse_command_list_query(const net::FormFields& query) {
  const auto given = read_query(list_query_schema(), query);
  if (!given) return given.error();

  CommandListQuery parsed{.before = beyond_all};
  if (const auto* scripts = given->if_contains("scripts")) parsed.scripts = scripts->as_string() == "1";
  if (const auto* before = given->if_contains("before")) {
    parsed.before = std::min(base::CommandId::parse(before->as_string()).value_or(beyond_all), beyond_all);
  }
  if (const auto* limit = given->if_contains("limit")) parsed.limit = static_cast<std::size_t>(limit->as_int64());
  return parsed;
}

std::vector<Parameter> command_list_parameters() {
  const auto parameter = [](std::string_view name, std::string_view description, boost::json::value example) {
    return query_parameter(list_query_schema(), name, description, std::move(example));
  };
  return {
      parameter("scripts", "`1`: whole commands in pages, newest first, instead of all without their scripts.", "1"),
      parameter("before", "With `scripts`: commands with a lower id, `next` of the page before.", "140"),
      parameter("limit",
                "With `scripts`: how many commands at most; 50 if absent. A page may have fewer, because it ends "
                "after about 1 MB.",
                50)};
}

}  // namespace guildhall::api
