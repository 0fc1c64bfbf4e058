#pragma once

#include <chrono>

#include "base/clock.hpp"
#include "base/id.hpp"

namespace guildhall::discord {

/// The moment that Discord's ids count from (Discord: reference, Snowflakes).
inline constexpr base::Timestamp epoch{std::chrono::milliseconds(1'420'070'400'000)};

/// The bits of an id below its milliseconds.
inline constexpr unsigned snowflake_counter_bits = 22;

/// When Discord made what has this id.
template <class Tag>
[[nodiscard]] constexpr base::Timestamp created_at(base::Id<Tag> id) {
  return epoch + std::chrono::milliseconds(static_cast<std::int64_t>(id.value() >> snowflake_counter_bits));
}

/// The shard that receives a guild's events (Discord: events/gateway, Sharding). `shards` is at least 1.
[[nodiscard]] constexpr unsigned shard_of(base::GuildId guild, unsigned shards) {
  return static_cast<unsigned>((guild.value() >> snowflake_counter_bits) % shards);
}

}  // namespace guildhall::discord
