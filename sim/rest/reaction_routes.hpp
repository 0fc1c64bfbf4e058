#pragma once

#include "sim/rest/api_route.hpp"

namespace guildhall::sim {

[[nodiscard]] net::Response add_own_reaction(const ApiCall& call);
[[nodiscard]] net::Response remove_own_reaction(const ApiCall& call);
[[nodiscard]] net::Response remove_reaction(const ApiCall& call);
[[nodiscard]] net::Response list_reactions(const ApiCall& call);
[[nodiscard]] net::Response clear_reactions(const ApiCall& call);
[[nodiscard]] net::Response clear_emoji_reactions(const ApiCall& call);

/// A user reacts with an emoji, or takes that back; published to the gateway. False where nothing changed.
bool react(Simulation& sim, Message& message, const boost::json::object& emoji, UserId user);
bool take_reaction_back(Simulation& sim, Message& message, const boost::json::object& emoji, UserId user);
/// The emoji that `text` names as Discord's paths do: a Unicode emoji, or `name:id` of a guild of the bot. Throws
/// Unknown Emoji.
[[nodiscard]] boost::json::object find_emoji(const World& world, std::string_view text);

}  // namespace guildhall::sim
