#pragma once

#include <optional>
#include <span>
#include <string>

#include "database/models/command.hpp"
#include "schema/schema.hpp"

namespace guildhall::api {

/// What a client says about a command; what it does not say is empty.
struct CommandInput {
  std::optional<std::string> trigger;
  std::optional<std::string> response;  ///< Compact JSON in the form that database::Command keeps.
  /// Set where something was said: an inner nothing takes the script away.
  std::optional<std::optional<std::string>> interaction;
};

/// A script, null where it is none.
[[nodiscard]] schema::Schema script_schema();

[[nodiscard]] const schema::Schema& command_input_schema();
[[nodiscard]] const schema::Schema& command_patch_schema();

/// POST: trigger and response are set, and interaction too (absent is none). That the trigger does not begin with the
/// guild's prefix is for those to check who know it.
[[nodiscard]] base::Result<CommandInput> parse_command_create(boost::json::value body);
/// PUT: as POST.
[[nodiscard]] base::Result<CommandInput> parse_command_replace(boost::json::value body);
/// PATCH: at least one is set.
[[nodiscard]] base::Result<CommandInput> parse_command_patch(boost::json::value body);

[[nodiscard]] const schema::Schema& command_schema();
[[nodiscard]] const schema::Schema& command_list_schema();
void append_json(std::string& out, const database::Command& command);
[[nodiscard]] std::string encode(const database::Command& command);
/// An array.
[[nodiscard]] std::string encode(std::span<const database::Command> commands);
/// The array alone.
void append_json(std::string& out, std::span<const database::Command> commands);

}  // namespace guildhall::api
