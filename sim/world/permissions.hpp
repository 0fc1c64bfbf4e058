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

inline constexpr Permissions administrator{1ULL << 3};
inline constexpr Permissions manage_guild{1ULL << 5};
/// An owner's permissions: every bit that Discord has defined so far.
inline constexpr Permissions all_permissions{(1ULL << 53) - 1};
/// Discord's default text permissions of @everyone: view and write in channels, read the history,
/// embed links, attach files, react, mention, change one's nickname, use commands.
inline constexpr Permissions everyone_permissions{(1ULL << 10) | (1ULL << 11) | (1ULL << 14) | (1ULL << 15) |
                                                  (1ULL << 16) | (1ULL << 6) | (1ULL << 17) | (1ULL << 26) |
                                                  (1ULL << 31)};
/// The permissions a bot asks for when it joins: view and write in channels, embed links, read the history.
inline constexpr Permissions bot_permissions{(1ULL << 10) | (1ULL << 11) | (1ULL << 14) | (1ULL << 16)};

}  // namespace guildhall::sim
