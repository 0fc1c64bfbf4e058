#pragma once

#include "sim/world/ids.hpp"

/// Who and what is in the simulator's own world, for tests.
namespace guildhall::sim::demo {

inline constexpr UserId ada{2000000000000000001};
inline constexpr UserId grace{2000000000000000002};
inline constexpr UserId linus{2000000000000000003};
inline constexpr UserId mallory{2000000000000000004};
inline constexpr GuildId workshop{3000000000000000001};
inline constexpr GuildId quiet_corner{3000000000000000003};

}  // namespace guildhall::sim::demo
