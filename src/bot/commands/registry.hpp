#pragma once

#include <boost/json/array.hpp>
#include <span>
#include <string_view>

#include "bot/commands/slash_command.hpp"

namespace guildhall::bot {

// Each in the file of its name.
[[nodiscard]] SlashCommand commands_command();
[[nodiscard]] SlashCommand help_command();
[[nodiscard]] SlashCommand ping_command();
[[nodiscard]] SlashCommand prefix_command();

/// All built-in slash commands.
[[nodiscard]] std::span<const SlashCommand> slash_commands();

/// Null where there is none of that name.
[[nodiscard]] const SlashCommand* find_slash_command(std::string_view name);

/// As Discord takes all of them (Discord: interactions/application-commands, Bulk Overwrite Global Application
/// Commands).
[[nodiscard]] boost::json::array slash_command_definitions();

}  // namespace guildhall::bot
