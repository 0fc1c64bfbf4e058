#pragma once

#include <cstdint>
#include <string>

#include "discord/gateway/intents.hpp"

namespace guildhall::discord {

/// What the end of a connection means for its session (Discord: Gateway Close Event Codes).
enum class Aftermath : std::uint8_t {
  resume,    ///< The session can go on.
  identify,  ///< A new one has to be started.
  give_up,   ///< There is no use in trying again.
};

/// `code`: as Discord sent it, or net::CloseCode::no_status or abnormal. Codes that nobody knows are resumed after.
[[nodiscard]] Aftermath aftermath_of(std::uint16_t code);

/// `4009 Session timed out`; only the number for a code that nobody knows.
[[nodiscard]] std::string describe_close(std::uint16_t code);

/// What to do about a code to give up after, as a sentence for the bot's owner.
[[nodiscard]] std::string advice_for(std::uint16_t code, Intents intents);

}  // namespace guildhall::discord
