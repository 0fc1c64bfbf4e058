#include "bot/session.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>

#include "bot/commands/registration.hpp"
#include "database/errors.hpp"
#include "database/models/guild_repository.hpp"
#include "discord/cache/guild_cache.hpp"
#include "discord/rest/discord_api.hpp"

namespace guildhall::bot {
namespace json = boost::json;
namespace {

constexpr std::chrono::seconds retry_after{10};

/// As Discord describes a bot's user.
std::string to_json(const discord::User& user) {
  json::object object{{"id", user.id.to_string()}, {"username", user.username}, {"bot", true}};
  object["global_name"] = user.global_name ? json::value(*user.global_name) : json::value();
  object["avatar"] = user.avatar ? json::value(*user.avatar) : json::value();
  return json::serialize(object);
}

/// Guilds that the table says the bot is in; none while it cannot be asked.
net::Task<std::size_t> count_guilds(database::GuildRepository& guilds) {
  try {
    auto counting = guilds.count_present();
    co_return co_await std::move(counting);
  } catch (const database::Unavailable&) {
  }
  co_return 0U;
}

}  // namespace

void Session::began(const discord::Ready& ready) {
  user_ = ready.user;
  application_ = ready.application;
}

net::Task<> Session::all_ready(unsigned shards) {
  while (!user_) {
    auto learning = learn_identity();
    co_await std::move(learning);
  }
  // Of guilds in sessions that go on, only the table knows.
  auto counting = count_guilds(parts_.guilds);
  const std::size_t listed = co_await std::move(counting);
  const auto guilds = std::max(parts_.cache.size(), listed);
  parts_.log.info("The bot is ready", {{"guilds", guilds}, {"shards", shards}});
  parts_.events.ready.publish({*user_, guilds, shards});
  if (std::exchange(commands_told_, true)) co_return;
  auto registering = register_slash_commands(parts_.api, application_, parts_.log);
  co_await std::move(registering);
}

net::Task<> Session::learn_identity() {
  auto asking = parts_.api.current_user();
  const auto user = co_await std::move(asking);
  if (user) {
    user_ = to_json(*user);
    // The same for all but the oldest bots.
    if (application_ == discord::ApplicationId{}) application_ = discord::ApplicationId{user->id.value()};
    co_return;
  }
  parts_.log.warn("Discord does not say who the bot is", {{"reason", user.error().message}});
  boost::asio::steady_timer pause(co_await boost::asio::this_coro::executor,
                                  std::max<std::chrono::milliseconds>(retry_after, user.error().retry_after));
  co_await pause.async_wait(boost::asio::use_awaitable);
}

}  // namespace guildhall::bot
