#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::base {

/// A 64-bit unsigned id with a type of its own for each kind of entity. In JSON, URLs and logs it is a string of
/// digits, like Discord's snowflakes.
template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::uint64_t value) : value_(value) {}

  /// 1 to 20 digits without sign, white space or leading zero, at most 2^64-1; nothing otherwise.
  [[nodiscard]] static constexpr std::optional<Id> parse(std::string_view text) {
    if (text.empty() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
      if (c < '0' || c > '9') return std::nullopt;
      const auto digit = static_cast<std::uint64_t>(c - '0');
      if (value > (UINT64_MAX - digit) / 10) return std::nullopt;
      value = value * 10 + digit;
    }
    return Id{value};
  }

  [[nodiscard]] constexpr std::uint64_t value() const { return value_; }
  [[nodiscard]] std::string to_string() const { return std::to_string(value_); }

  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  std::uint64_t value_ = 0;
};

using UserId = Id<struct UserTag>;        ///< A Discord user's snowflake.
using GuildId = Id<struct GuildTag>;      ///< A Discord guild's snowflake.
using CommandId = Id<struct CommandTag>;  ///< A row of table `commands`.
using RoleId = Id<struct RoleTag>;        ///< A row of table `roles`.

}  // namespace guildhall::base

template <class Tag>
struct std::hash<guildhall::base::Id<Tag>> {
  std::size_t operator()(guildhall::base::Id<Tag> id) const noexcept {
    // The low bits of snowflakes hardly differ.
    return static_cast<std::size_t>(id.value() * 0x9E3779B97F4A7C15ULL);
  }
};
