#pragma once

#include <string>
#include <string_view>

namespace guildhall::bot {

/// What a person is told where the bot does not know the guild yet.
inline constexpr std::string_view unknown_guild = "The bot does not know this server yet. Try again in a moment.";

/// `text`, which holds no line break, shown as it is: Discord's Markdown for code.
[[nodiscard]] inline std::string as_code(std::string_view text) {
  // Two backticks and spaces, so that a text may hold one.
  if (text.find('`') != std::string_view::npos) return "`` " + std::string(text) + " ``";
  return "`" + std::string(text) + "`";
}

}  // namespace guildhall::bot
