#pragma once

#include <boost/json/array.hpp>
#include <span>
#include <string_view>

#include "bot/commands/slash_command.hpp"

namespace guildhall::bot {

inline constexpr int chat_input = 1;     ///< Discord: interactions/application-commands, Application Command Types.
inline constexpr int guild_context = 0;  ///< Discord: interactions/receiving-and-responding, Interaction Context Types.
inline constexpr int text_option = 3;  ///< Discord: interactions/application-commands, Application Command Option Type.

// Each is defined in the file of its name.
[[nodiscard]] SlashCommand commands_command();
[[nodiscard]] SlashCommand help_command();
[[nodiscard]] SlashCommand ping_command();
[[nodiscard]] SlashCommand prefix_command();

/// All built-in slash commands.
[[nodiscard]] std::span<const SlashCommand> slash_commands();

/// Null if there is no command of that name.
[[nodiscard]] const SlashCommand* find_slash_command(std::string_view name);

/// All definitions as Discord expects them (Discord: interactions/application-commands, Bulk Overwrite Global
/// Application Commands).
[[nodiscard]] boost::json::array slash_command_definitions();

}  // namespace guildhall::bot
