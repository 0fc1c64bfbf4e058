#include "bot/readiness.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "bot/commands/registration.hpp"
#include "database/errors.hpp"
#include "database/models/guild_repository.hpp"
#include "discord/cache/guild_cache.hpp"
#include "discord/rest/discord_api.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::bot {
namespace json = boost::json;
namespace {

constexpr std::chrono::seconds readiness_retry_after{10};

/// As in Discord's READY event.
std::string user_json(const discord::User& user) {
  json::object object{{"id", user.id.to_string()}, {"username", user.username}, {"bot", true}};
  object["global_name"] = user.global_name ? json::value(*user.global_name) : json::value();
  object["avatar"] = user.avatar ? json::value(*user.avatar) : json::value();
  return json::serialize(object);
}

/// The bot's guilds according to the database; 0 while that is not available.
net::Task<std::size_t> count_guilds(database::GuildRepository& guilds) {
  try {
    co_return co_await guilds.count_present();
  } catch (const database::Unavailable&) {
  }
  co_return 0U;
}

}  // namespace

void Readiness::on_ready(const discord::Ready& ready) {
  if (ready.application != discord::ApplicationId{}) application_ = ready.application;
  if (ready.user.empty()) return;
  user_ = ready.user;
  parts_.identified(ready.user_id);
}

net::Task<> Readiness::announce(unsigned shards) {
  while (!user_) co_await fetch_identity();
  // Guilds of resumed sessions are only in the database.
  const auto stored = co_await count_guilds(parts_.guilds);
  const auto guilds = std::max(parts_.cache.size(), stored);
  parts_.log.info("The bot is ready", {{"guilds", guilds}, {"shards", shards}});
  parts_.events.ready.publish({*user_, guilds, shards});
  if (std::exchange(commands_registered_, true)) co_return;
  auto refusal = co_await register_slash_commands(parts_.api, application_, parts_.log);
  const std::lock_guard lock(mutex_);
  notice_ = std::move(refusal);
}

std::string Readiness::notice() const {
  const std::lock_guard lock(mutex_);
  return notice_;
}

net::Task<> Readiness::fetch_identity() {
  const auto user = co_await parts_.api.current_user();
  if (user) {
    user_ = user_json(*user);
    parts_.identified(user->id);
    // The ids of bot user and application are equal, except for very old bots.
    if (application_ == discord::ApplicationId{}) application_ = discord::ApplicationId{user->id.value()};
    co_return;
  }
  parts_.log.warn("Cannot fetch the bot's user from Discord", {{"reason", user.error().message}});
  co_await net::sleep_for(std::max<std::chrono::milliseconds>(readiness_retry_after, user.error().retry_after));
}

}  // namespace guildhall::bot
