#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace guildhall::sim {

/// A set of Discord's gateway intents (Discord: Gateway, "List of Intents").
struct Intents {
  std::uint32_t bits = 0;

  [[nodiscard]] constexpr bool empty() const { return bits == 0; }
  [[nodiscard]] constexpr bool has_any(Intents other) const { return (bits & other.bits) != 0; }
  friend constexpr bool operator==(Intents, Intents) = default;
};

constexpr Intents operator|(Intents a, Intents b) { return {a.bits | b.bits}; }
constexpr Intents operator&(Intents a, Intents b) { return {a.bits & b.bits}; }
constexpr Intents operator-(Intents a, Intents b) { return {a.bits & ~b.bits}; }

namespace intent {
inline constexpr Intents guilds{1U << 0};
inline constexpr Intents guild_members{1U << 1};
inline constexpr Intents guild_moderation{1U << 2};
inline constexpr Intents guild_expressions{1U << 3};
inline constexpr Intents guild_integrations{1U << 4};
inline constexpr Intents guild_webhooks{1U << 5};
inline constexpr Intents guild_invites{1U << 6};
inline constexpr Intents guild_voice_states{1U << 7};
inline constexpr Intents guild_presences{1U << 8};
inline constexpr Intents guild_messages{1U << 9};
inline constexpr Intents guild_message_reactions{1U << 10};
inline constexpr Intents guild_message_typing{1U << 11};
inline constexpr Intents direct_messages{1U << 12};
inline constexpr Intents direct_message_reactions{1U << 13};
inline constexpr Intents direct_message_typing{1U << 14};
inline constexpr Intents message_content{1U << 15};
inline constexpr Intents guild_scheduled_events{1U << 16};
inline constexpr Intents auto_moderation_configuration{1U << 20};
inline constexpr Intents auto_moderation_execution{1U << 21};
inline constexpr Intents guild_message_polls{1U << 24};
inline constexpr Intents direct_message_polls{1U << 25};

/// Every bit that Discord has given out.
inline constexpr Intents all{0x1FFFF | (3U << 20) | (3U << 24)};
/// Those that an application must be allowed.
inline constexpr Intents privileged = guild_members | guild_presences | message_content;
}  // namespace intent

/// The intents of which a session needs one to be sent events of that name; none if everybody is. `in_guild` says
/// whether the event is about a guild or a direct message.
[[nodiscard]] Intents intents_for(std::string_view event, bool in_guild);

/// A privileged intent by its name in Discord's documents: `MESSAGE_CONTENT`.
[[nodiscard]] std::optional<Intents> parse_privileged_intent(std::string_view name);

/// The names of the privileged intents among them.
[[nodiscard]] std::vector<std::string_view> privileged_intent_names(Intents intents);

}  // namespace guildhall::sim
