#include "sim/objects/user.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
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

std::optional<base::Timestamp> parse_discord_time(std::string_view text) {
  const auto number = [&text](std::size_t digits, char after) -> std::optional<int> {
    int value = 0;
    const auto* end = text.data() + std::min(digits, text.size());
    if (text.size() < digits || std::from_chars(text.data(), end, value).ptr != end) return std::nullopt;
    text.remove_prefix(digits);
    if (after == 0) return value;
    if (!text.starts_with(after)) return std::nullopt;
    text.remove_prefix(1);
    return value;
  };
  const auto year = number(4, '-');
  const auto month = year ? number(2, '-') : std::nullopt;
  const auto day = month ? number(2, 'T') : std::nullopt;
  const auto hour = day ? number(2, ':') : std::nullopt;
  const auto minute = hour ? number(2, ':') : std::nullopt;
  const auto second = minute ? number(2, 0) : std::nullopt;
  if (!second) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  std::chrono::milliseconds time = std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(*hour) +
                                   std::chrono::minutes(*minute) + std::chrono::seconds(*second);
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    for (int scale = 100; !text.empty() && text.front() >= '0' && text.front() <= '9';
         text.remove_prefix(1), scale /= 10) {
      time += std::chrono::milliseconds((text.front() - '0') * scale);
    }
  }
  if (text.empty() || text == "Z") return base::Timestamp(time);
  const int sign = text.front() == '-' ? 1 : -1;
  if (text.front() != '+' && text.front() != '-') return std::nullopt;
  text.remove_prefix(1);
  const auto hours = number(2, ':');
  const auto minutes = hours ? number(2, 0) : std::nullopt;
  if (!minutes || !text.empty()) return std::nullopt;
  return base::Timestamp(time + sign * (std::chrono::hours(*hours) + std::chrono::minutes(*minutes)));
}

base::Timestamp time_of(std::uint64_t snowflake) {
  constexpr std::chrono::milliseconds discord_epoch{1'420'070'400'000};
  return base::Timestamp(discord_epoch + std::chrono::milliseconds(snowflake >> 22));
}

}  // namespace guildhall::sim
