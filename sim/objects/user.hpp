#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "sim/world/or_null.hpp"
#include "sim/world/world.hpp"

/// Discord's objects as its REST API and its gateway show them. The names are those of Discord's OpenAPI document.
namespace guildhall::sim {

/// UserResponse: what everybody may know.
[[nodiscard]] boost::json::object user_response(const User& user);
[[nodiscard]] boost::json::object bot_user_response(const Application& application);
/// Of the bot, or of a user; one who has gone is named after their id.
[[nodiscard]] boost::json::object user_response(const World& world, UserId id);

/// `2021-01-23T02:33:17.017000+00:00`.
[[nodiscard]] std::string to_discord_time(base::Timestamp time);
/// The same; null if there is none.
[[nodiscard]] inline boost::json::value time_or_null(std::optional<base::Timestamp> time) {
  return time ? boost::json::value(to_discord_time(*time)) : boost::json::value(nullptr);
}
/// A time of ISO 8601 with a zone, or of UTC; nothing for anything else.
[[nodiscard]] std::optional<base::Timestamp> parse_discord_time(std::string_view text);
/// When a snowflake was made.
[[nodiscard]] base::Timestamp time_of(std::uint64_t snowflake);

}  // namespace guildhall::sim
