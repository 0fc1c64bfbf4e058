#pragma once

#include <string>
#include <string_view>

namespace guildhall::bot {

/// The response while the guild is not in the database yet.
inline constexpr std::string_view unknown_guild = "The bot does not know this server yet. Try again in a moment.";

/// `text`, one line, as code in Discord's Markdown.
[[nodiscard]] inline std::string as_code(std::string_view text) {
  // Two backticks with spaces enclose text that contains one.
  if (text.find('`') != std::string_view::npos) return "`` " + std::string(text) + " ``";
  return "`" + std::string(text) + "`";
}

}  // namespace guildhall::bot
