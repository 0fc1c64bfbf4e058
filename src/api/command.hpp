#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/openapi.hpp"
#include "api/query.hpp"
#include "database/models/command.hpp"
#include "schema/json_writer.hpp"
#include "schema/schema.hpp"

namespace guildhall::api {

/// What a client says about a command; a member is empty if the body does not have it.
struct CommandInput {
  std::optional<std::string> trigger;
  std::optional<bool> case_sensitive;
  std::optional<bool> enabled;
  std::optional<std::string> response;  ///< Compact JSON in the form that database::Command keeps.
  /// Outer optional: the field was present. Inner nullopt: it was null, and there is no script.
  std::optional<std::optional<std::string>> interaction;
};
BOOST_DESCRIBE_STRUCT(CommandInput, (), (trigger, case_sensitive, enabled, response, interaction))

/// A script; null if there is none.
[[nodiscard]] schema::Schema script_schema();

[[nodiscard]] const schema::Schema& command_input_schema();
[[nodiscard]] const schema::Schema& command_patch_schema();

/// POST: all members are set; an absent interaction is null. Whether the trigger begins with the guild's prefix is not
/// checked here.
[[nodiscard]] base::Result<CommandInput> parse_command_create(boost::json::value body);
/// PUT: as POST.
[[nodiscard]] base::Result<CommandInput> parse_command_replace(boost::json::value body);
/// PATCH: at least one member is set.
[[nodiscard]] base::Result<CommandInput> parse_command_patch(boost::json::value body);

/// A rule of triggers and prefixes: the word has no character that cannot be seen or changes the direction of text
/// (base/text/hidden.hpp).
[[nodiscard]] std::optional<schema::Fault> check_visible(const boost::json::value& word);
inline constexpr std::string_view visible_rule =
    "It has no characters that cannot be seen, such as U+200B, or that change the direction of text.";

[[nodiscard]] const schema::Schema& command_schema();
/// A command without its script.
[[nodiscard]] const schema::Schema& command_summary_schema();
/// The answer of the list: an array of summaries or, if scripts were asked for, a page.
[[nodiscard]] const schema::Schema& command_list_schema();

/// A command as the document shows it.
extern const std::string_view command_example;
extern const std::string_view command_summary_example;

[[nodiscard]] std::string encode(const database::Command& command);

void append_json(std::string& out, std::span<const database::CommandSummary> commands);
/// An array.
[[nodiscard]] std::string encode(std::span<const database::CommandSummary> commands);

/// The query of lists of commands: with `scripts=1` they are pages of whole commands.
struct CommandListQuery {
  bool scripts = false;
  base::CommandId before;  ///< Higher than all ids if the query does not say.
  std::size_t limit = 50;

  bool operator==(const CommandListQuery&) const = default;
};

/// As of `read_query`.
[[nodiscard]] base::Result<CommandListQuery> parse_command_list_query(const net::FormFields& query);
/// The same as the document shows them.
[[nodiscard]] std::vector<Parameter> command_list_parameters();

/// Of the property `next` of pages.
[[nodiscard]] schema::Schema next_command_schema();
/// Adds the members `commands` and `next`. The page ends after about `max_page_json` bytes of JSON, because a script
/// may be six times as long there as in the database.
void append_page(schema::ObjectWriter& writer, const database::CommandPage& page);
inline constexpr std::size_t max_page_json = 1 << 20;
/// `{"commands":[...],"next":...}`.
[[nodiscard]] std::string encode(const database::CommandPage& page);

}  // namespace guildhall::api
