#pragma once

#include <cstdint>
#include <string>

namespace guildhall::discord {

/// Which events the gateway sends (Discord: Gateway, List of Intents). A set of bits.
enum class Intents : std::uint32_t {
  none = 0,
  guilds = 1U << 0,
  guild_members = 1U << 1,  ///< Privileged.
  guild_moderation = 1U << 2,
  guild_expressions = 1U << 3,
  guild_integrations = 1U << 4,
  guild_webhooks = 1U << 5,
  guild_invites = 1U << 6,
  guild_voice_states = 1U << 7,
  guild_presences = 1U << 8,  ///< Privileged.
  guild_messages = 1U << 9,
  guild_message_reactions = 1U << 10,
  guild_message_typing = 1U << 11,
  direct_messages = 1U << 12,
  direct_message_reactions = 1U << 13,
  direct_message_typing = 1U << 14,
  message_content = 1U << 15,  ///< Privileged.
  guild_scheduled_events = 1U << 16,
  auto_moderation_configuration = 1U << 20,
  auto_moderation_execution = 1U << 21,
  guild_message_polls = 1U << 24,
  direct_message_polls = 1U << 25,
};

[[nodiscard]] constexpr Intents operator|(Intents a, Intents b) {
  return static_cast<Intents>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}

/// Whether all of `wanted` are in `set`.
[[nodiscard]] constexpr bool contains(Intents set, Intents wanted) {
  return (static_cast<std::uint32_t>(set) & static_cast<std::uint32_t>(wanted)) == static_cast<std::uint32_t>(wanted);
}

/// The privileged ones of `intents` as the Developer Portal calls them: `Server Members Intent and Message Content
/// Intent`; empty where there are none.
[[nodiscard]] std::string privileged_names(Intents intents);

}  // namespace guildhall::discord
