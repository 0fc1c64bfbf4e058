#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <vector>

#include "sim/gateway/payload.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// The GUILD_MEMBERS_CHUNKs that answer a Request Guild Members (Discord: Gateway Events): 1000 members in each; none
/// for a guild that the bot is not in, or for all members without the intent GUILD_MEMBERS.
[[nodiscard]] Read<std::vector<boost::json::object>> members_chunks(const World& world, const boost::json::value& data,
                                                                    Intents intents);

}  // namespace guildhall::sim
