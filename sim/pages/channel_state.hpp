#pragma once

#include <boost/json/object.hpp>

#include "sim/simulation.hpp"

/// What the channel page is told, as JSON; `pages/channel/channel.js` reads it.
namespace guildhall::sim {

/// Everything that a user sees on the page: `{type: "state", user, users, roles, channels, commands, messages}`,
/// the newest messages only.
[[nodiscard]] boost::json::object channel_state(const Simulation& sim, const Guild& guild, const Channel& channel,
                                                UserId user);

/// Whether a user sees a message: an ephemeral one is for whom it answers.
[[nodiscard]] bool is_visible_to(const Message& message, UserId user);

/// Whose page it is where nobody was chosen, or somebody who is not in the guild: a member who is no bot.
[[nodiscard]] UserId choose_person(const World& world, const Guild& guild, std::optional<UserId> wanted);

}  // namespace guildhall::sim
