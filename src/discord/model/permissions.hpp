#pragma once

#include <cstdint>

#include "base/id.hpp"

namespace guildhall::discord {

/// Permissions as JSON has them: a string of digits.
using PermissionBits = base::Id<struct PermissionBitsTag>;

/// A set of permissions (Discord: topics/permissions), a string of digits in JSON.
class Permissions {
 public:
  static constexpr std::uint64_t administrator = 1ULL << 3U;
  static constexpr std::uint64_t manage_guild = 1ULL << 5U;
  static constexpr std::uint64_t all = UINT64_MAX;  ///< Those of a guild's owner and of administrators.

  constexpr Permissions() = default;
  constexpr explicit Permissions(std::uint64_t bits) : bits_(bits) {}

  [[nodiscard]] constexpr std::uint64_t bits() const { return bits_; }

  /// Whether who has these may change a guild's settings: ADMINISTRATOR stands for every permission.
  [[nodiscard]] constexpr bool may_manage_guild() const { return (bits_ & (administrator | manage_guild)) != 0; }

 private:
  std::uint64_t bits_ = 0;
};

}  // namespace guildhall::discord
