#pragma once

#include <string>

#include "sim/world/world.hpp"

namespace guildhall::sim {

/// What a person sees who opens the simulator: its application, people and guilds, and where to go on.
[[nodiscard]] std::string landing_page(const World& world);

}  // namespace guildhall::sim
