#pragma once

#include <cstdint>
#include <string>

#include "config/option.hpp"

namespace guildhall::config {

/// As people see the bot (Discord: events/gateway-events, Update Presence).
enum class BotStatus : std::uint8_t { online, idle, dnd, invisible };

/// What the bot does on Discord.
struct Bot {
  bool message_commands = true;     ///< Custom commands answer messages; Discord must allow Message Content Intent.
  std::uint32_t extra_intents = 0;  ///< Bits of Discord's intents, for events that only dashboards follow.
  BotStatus status = BotStatus::online;
  std::string activity;  ///< Its custom status; may be empty.
};

[[nodiscard]] Section bot_section();

}  // namespace guildhall::config
