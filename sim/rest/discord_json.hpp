#pragma once

#include <boost/json/object.hpp>
#include <cstddef>

#include "sim/gateway/intents.hpp"
#include "sim/oauth/scopes.hpp"
#include "sim/objects/guild.hpp"
#include "sim/objects/user.hpp"
#include "sim/world/world.hpp"

/// JSON that only Discord's REST API returns. The names are those of Discord's OpenAPI document.
namespace guildhall::sim {

/// UserPIIResponse for a token with these scopes.
[[nodiscard]] boost::json::object current_user_response(const User& user, const Scopes& scopes);
/// UserPIIResponse of the bot.
[[nodiscard]] boost::json::object current_bot_response(const Application& application);

/// A member's view of a guild.
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
/// PrivateApplicationResponse; `authorizations` is the number of users who have authorized it, `disallowed` the
/// privileged intents that are not switched on.
[[nodiscard]] boost::json::object private_application_response(const World& world, std::size_t authorizations,
                                                               Intents disallowed);

}  // namespace guildhall::sim
