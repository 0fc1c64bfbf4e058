#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "database/models/command.hpp"
#include "schema/schema.hpp"

namespace guildhall::api {

/// What a client says about a command; a member is empty if the body does not have it.
struct CommandInput {
  std::optional<std::string> trigger;
  std::optional<std::string> response;  ///< Compact JSON in the form that database::Command keeps.
  /// Outer optional: the field was present. Inner nullopt: it was null, and there is no script.
  std::optional<std::optional<std::string>> interaction;
};
BOOST_DESCRIBE_STRUCT(CommandInput, (), (trigger, response, interaction))

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

[[nodiscard]] const schema::Schema& command_schema();
[[nodiscard]] const schema::Schema& command_list_schema();

/// A command as the document shows it.
extern const std::string_view command_example;

void append_json(std::string& out, std::span<const database::Command> commands);
[[nodiscard]] std::string encode(const database::Command& command);
/// An array.
[[nodiscard]] std::string encode(std::span<const database::Command> commands);

}  // namespace guildhall::api
