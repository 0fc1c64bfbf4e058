#include "sim/objects/user.hpp"

#include <utility>

namespace guildhall::sim {
namespace {

using boost::json::object;

object user_json(std::string id, const std::string& username, const std::optional<std::string>& global_name,
                 const std::optional<std::string>& avatar) {
  return {
      {"id", std::move(id)},       {"username", username},
      {"discriminator", "0"},      {"global_name", or_null(global_name)},
      {"avatar", or_null(avatar)}, {"banner", nullptr},
      {"accent_color", nullptr},   {"avatar_decoration_data", nullptr},
      {"collectibles", nullptr},   {"primary_guild", nullptr},
      {"public_flags", 0},         {"flags", 0},
  };
}

}  // namespace

object user_response(const User& user) {
  auto response = user_json(user.id.to_string(), user.username, user.global_name, user.avatar);
  if (user.bot) response["bot"] = true;
  return response;
}

object bot_user_response(const Application& application) {
  auto response = user_json(application.bot_user_id().to_string(), application.bot_username, {}, application.icon);
  response["bot"] = true;
  return response;
}

object user_response(const World& world, UserId id) {
  if (id == world.application.bot_user_id()) return bot_user_response(world.application);
  if (const auto* user = world.find_user(id)) return user_response(*user);
  return user_json(id.to_string(), "deleted_user_" + id.to_string(), {}, {});
}

std::string to_discord_time(base::Timestamp time) {
  std::string text = base::to_iso8601(time);
  text.pop_back();
  return text + "000+00:00";
}

base::Timestamp time_of(std::uint64_t snowflake) {
  constexpr std::chrono::milliseconds discord_epoch{1'420'070'400'000};
  return base::Timestamp(discord_epoch + std::chrono::milliseconds(snowflake >> 22));
}

}  // namespace guildhall::sim
