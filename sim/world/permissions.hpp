#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::sim {

/// A set of Discord's permission bits. In JSON a string of digits, since it outgrows a double.
struct Permissions {
  std::uint64_t bits = 0;

  /// 1 to 20 digits, at most 2^64-1; nothing otherwise.
  [[nodiscard]] static std::optional<Permissions> parse(std::string_view text);
  [[nodiscard]] std::string to_string() const { return std::to_string(bits); }
  [[nodiscard]] constexpr bool has(Permissions other) const { return (bits & other.bits) == other.bits; }

  friend constexpr bool operator==(Permissions, Permissions) = default;
};

constexpr Permissions operator|(Permissions a, Permissions b) { return {a.bits | b.bits}; }

constexpr Permissions operator&(Permissions a, Permissions b) { return {a.bits & b.bits}; }
/// What is in `a` and not in `b`.
constexpr Permissions operator-(Permissions a, Permissions b) { return {a.bits & ~b.bits}; }

// Discord: Permissions, "Bitwise Permission Flags"; those that the simulator asks for.
inline constexpr Permissions create_instant_invite{1ULL << 0};
inline constexpr Permissions kick_members{1ULL << 1};
inline constexpr Permissions ban_members{1ULL << 2};
inline constexpr Permissions administrator{1ULL << 3};
inline constexpr Permissions manage_channels{1ULL << 4};
inline constexpr Permissions manage_guild{1ULL << 5};
inline constexpr Permissions add_reactions{1ULL << 6};
inline constexpr Permissions view_channel{1ULL << 10};
inline constexpr Permissions send_messages{1ULL << 11};
inline constexpr Permissions send_tts_messages{1ULL << 12};
inline constexpr Permissions manage_messages{1ULL << 13};
inline constexpr Permissions embed_links{1ULL << 14};
inline constexpr Permissions attach_files{1ULL << 15};
inline constexpr Permissions read_message_history{1ULL << 16};
inline constexpr Permissions mention_everyone{1ULL << 17};
inline constexpr Permissions use_external_emojis{1ULL << 18};
inline constexpr Permissions change_nickname{1ULL << 26};
inline constexpr Permissions manage_nicknames{1ULL << 27};
inline constexpr Permissions manage_roles{1ULL << 28};
inline constexpr Permissions manage_webhooks{1ULL << 29};
inline constexpr Permissions manage_expressions{1ULL << 30};
inline constexpr Permissions manage_threads{1ULL << 34};
inline constexpr Permissions create_public_threads{1ULL << 35};
inline constexpr Permissions create_private_threads{1ULL << 36};
inline constexpr Permissions send_messages_in_threads{1ULL << 38};
inline constexpr Permissions moderate_members{1ULL << 40};
inline constexpr Permissions create_expressions{1ULL << 43};
inline constexpr Permissions pin_messages{1ULL << 51};
/// An owner's permissions: every bit that Discord has defined so far.
inline constexpr Permissions all_permissions{(1ULL << 53) - 1};
/// Discord's default text permissions of @everyone: view and write in channels, read the history,
/// embed links, attach files, react, mention, use emojis of other guilds, change one's nickname, use commands.
inline constexpr Permissions everyone_permissions{(1ULL << 10) | (1ULL << 11) | (1ULL << 14) | (1ULL << 15) |
                                                  (1ULL << 16) | (1ULL << 6) | (1ULL << 17) | (1ULL << 18) |
                                                  (1ULL << 26) | (1ULL << 31)};
/// The permissions a bot asks for when it joins: view and write in channels, embed links, read the history.
inline constexpr Permissions bot_permissions{(1ULL << 10) | (1ULL << 11) | (1ULL << 14) | (1ULL << 16)};

}  // namespace guildhall::sim
