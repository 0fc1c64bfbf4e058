#pragma once

#include <boost/json/object.hpp>
#include <cstddef>

#include "sim/oauth/scopes.hpp"
#include "sim/objects/guild.hpp"
#include "sim/objects/user.hpp"
#include "sim/world/world.hpp"

/// What only Discord's REST API tells of the world. The names are those of Discord's OpenAPI document.
namespace guildhall::sim {

/// UserPIIResponse: what a token with these scopes tells of its person.
[[nodiscard]] boost::json::object current_user_response(const Person& person, const Scopes& scopes);
/// UserPIIResponse of the bot.
[[nodiscard]] boost::json::object current_bot_response(const Application& application);

/// What a guild looks like to one of those in it.
struct GuildView {
  bool owner = false;
  Permissions permissions;
};

/// MyGuildResponse.
[[nodiscard]] boost::json::object my_guild_response(const Guild& guild, GuildView view);
/// Adds the two approximate counts. All members of a simulated guild are online.
void add_counts(boost::json::object& response, const Guild& guild);

/// ApplicationResponse.
[[nodiscard]] boost::json::object application_response(const Application& application);
/// PrivateApplicationResponse; `authorizations` is how many people have allowed it something.
[[nodiscard]] boost::json::object private_application_response(const World& world, std::size_t authorizations);

}  // namespace guildhall::sim
