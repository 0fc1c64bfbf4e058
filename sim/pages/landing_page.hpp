#pragma once

#include <string>

#include "sim/world/world.hpp"

namespace guildhall::sim {

/// What a user sees who opens the simulator: its application, users and guilds, and where to go on.
[[nodiscard]] std::string landing_page(const World& world);

}  // namespace guildhall::sim
