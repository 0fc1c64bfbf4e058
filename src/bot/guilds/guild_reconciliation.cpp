#include "bot/guilds/guild_reconciliation.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "database/errors.hpp"
#include "database/models/guild_repository.hpp"

namespace guildhall::bot {
namespace {

using base::Errc;
using base::Error;

/// How long the bot's list may wait for rate limits; nobody waits for it.
constexpr std::chrono::minutes patience{5};
constexpr std::chrono::seconds first_retry{2};
constexpr std::chrono::seconds last_retry{60};

}  // namespace

net::Task<> GuildReconciliation::run() {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  auto retry = first_retry;
  for (;;) {
    auto reconciling = reconcile();
    const auto done = co_await std::move(reconciling);
    if (done) {
      retry = first_retry;
      timer.expires_after(interval);
    } else if (done.error().code == Errc::unauthenticated) {
      co_return;  // The gateway says so, and what to do.
    } else {
      parts_.log.warn("The list of guilds cannot be read", {{"reason", done.error().message}});
      timer.expires_after(std::max<std::chrono::milliseconds>(retry, done.error().retry_after));
      retry = std::min(retry * 2, last_retry);
    }
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

net::Task<base::Result<void>> GuildReconciliation::reconcile() {
  if (parts_.gateway_tells()) co_return base::Result<void>{};
  auto listed = co_await parts_.rest.current_user_guilds(patience);
  if (!listed) {
    Error error = listed.error();
    error.message = "Discord does not list the bot's guilds: " + error.message;
    co_return error;
  }
  // What it says while this was on its way is newer.
  if (parts_.gateway_tells()) co_return base::Result<void>{};
  std::vector<database::DiscordGuild> present;
  present.reserve(listed->size());
  for (auto& guild : *listed) present.push_back({guild.id, std::move(guild.name), std::move(guild.icon)});
  const auto count = present.size();
  bool away = false;
  database::Reconciled changed;
  try {
    changed = co_await parts_.guilds.reconcile(std::move(present));
  } catch (const database::Unavailable&) {
    away = true;
  }
  if (away) co_return Error{Errc::unavailable, "The database is away."};
  parts_.log.info(
      "Guilds reconciled",
      {{"guilds", count}, {"joined", changed.joined}, {"left", changed.left}, {"renamed", changed.renamed}});
  co_return base::Result<void>{};
}

}  // namespace guildhall::bot
