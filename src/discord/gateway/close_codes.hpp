#pragma once

#include <cstdint>
#include <string>

#include "discord/gateway/options.hpp"

namespace guildhall::discord {

/// What to do after the end of a connection (Discord: Gateway Close Event Codes).
enum class CloseAction : std::uint8_t {
  resume,    ///< The session can be resumed.
  identify,  ///< A new session must be started.
  give_up,   ///< Every further attempt would fail.
};

/// `code`: as Discord sent it, or net::CloseCode::no_status or abnormal. Unknown codes: `resume`.
[[nodiscard]] CloseAction close_action(std::uint16_t code);

/// `4009 Session timed out`; only the number for an unknown code.
[[nodiscard]] std::string describe_close(std::uint16_t code);

/// What the bot's owner should do after a code with CloseAction::give_up, as a sentence.
[[nodiscard]] std::string remedy_for(std::uint16_t code, Intents intents);

}  // namespace guildhall::discord
