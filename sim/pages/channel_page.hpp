#pragma once

#include <string>

#include "sim/world/world.hpp"

namespace guildhall::sim {

/// The page on which a user chats in a channel. It holds no messages: its script asks for them.
[[nodiscard]] std::string channel_page(const World& world, const Guild& guild, const Channel& channel);

/// The path of that page.
[[nodiscard]] std::string channel_path(const Guild& guild, const Channel& channel);

}  // namespace guildhall::sim
