#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "base/id.hpp"
#include "base/lru_map.hpp"

namespace guildhall::bot {

/// How often something is allowed.
struct Rate {
  unsigned burst = 1;                        ///< Times in a row, at least 1,
  std::chrono::milliseconds recovery{1000};  ///< then once per this time.
};

/// A token bucket per key. Remembers the `capacity` keys used last; a forgotten key starts with a full bucket. For one
/// thread at a time.
class Cooldown {
 public:
  using Time = std::chrono::steady_clock::time_point;

  Cooldown(Rate rate, std::size_t capacity) : rate_(rate), full_at_(capacity) {}

  /// Takes a token, unless the bucket is empty.
  [[nodiscard]] bool take(std::uint64_t key, Time now);

 private:
  const Rate rate_;
  base::LruMap<std::uint64_t, Time> full_at_;
};

/// The cooldowns of users and guilds for one kind of use.
class UseLimits {
 public:
  UseLimits(Rate per_user, Rate per_guild) : users_(per_user, capacity), guilds_(per_guild, capacity) {}

  [[nodiscard]] bool allow(base::UserId user, base::GuildId guild) {
    const auto now = std::chrono::steady_clock::now();
    return users_.take(user.value(), now) && guilds_.take(guild.value(), now);
  }

 private:
  static constexpr std::size_t capacity = 20'000;

  Cooldown users_;
  Cooldown guilds_;
};

}  // namespace guildhall::bot
