#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <string>

#include "base/clock.hpp"
#include "sim/oauth/scopes.hpp"
#include "sim/world/world.hpp"

/// The world as Discord's REST API tells it. The names are those of Discord's OpenAPI document.
namespace guildhall::sim {

/// UserResponse: what everybody may know.
[[nodiscard]] boost::json::object user_response(const Person& person);
[[nodiscard]] boost::json::object bot_user_response(const Application& application);

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
/// GuildResponse.
[[nodiscard]] boost::json::object guild_response(const Guild& guild);
/// Adds the two approximate counts. All members of a simulated guild are online.
void add_counts(boost::json::object& response, const Guild& guild);

/// ApplicationResponse.
[[nodiscard]] boost::json::object application_response(const Application& application);
/// PrivateApplicationResponse; `authorizations` is how many people have allowed it something.
[[nodiscard]] boost::json::object private_application_response(const World& world, std::size_t authorizations);

/// `2021-01-23T02:33:17.017000+00:00`.
[[nodiscard]] std::string to_discord_time(base::Timestamp time);

}  // namespace guildhall::sim
