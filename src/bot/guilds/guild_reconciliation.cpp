#include "bot/guilds/guild_reconciliation.hpp"

#include <algorithm>

#include "database/errors.hpp"
#include "database/models/guild_repository.hpp"
#include "net/async/backoff.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::bot {
namespace {

using base::Errc;
using base::Error;

/// How long the request may wait for rate limits; nobody waits for the list.
constexpr std::chrono::minutes max_wait{5};
constexpr net::Backoff::Options reconciliation_pauses{.first = std::chrono::seconds(2),
                                                      .max = std::chrono::seconds(60)};

}  // namespace

net::Task<> GuildReconciliation::run() {
  net::Backoff backoff(reconciliation_pauses);
  for (;;) {
    const auto done = co_await reconcile();
    if (done) {
      backoff.reset();
      co_await net::sleep_for(interval);
    } else if (done.error().code == Errc::unauthenticated) {
      co_return;  // The gateway reports the wrong token.
    } else {
      parts_.log.warn("Cannot reconcile the table of guilds", {{"reason", done.error().message}});
      co_await net::sleep_for(std::max(backoff.next(), done.error().retry_after));
    }
  }
}

net::Task<base::Result<void>> GuildReconciliation::reconcile() {
  if (parts_.gateway_is_ready()) co_return base::Result<void>{};
  auto listed = co_await parts_.rest.current_user_guilds(max_wait);
  if (!listed) {
    Error error = listed.error();
    error.message = "Discord does not list the bot's guilds: " + error.message;
    co_return error;
  }
  // If the gateway has become ready meanwhile, its events are newer than the list.
  if (parts_.gateway_is_ready()) co_return base::Result<void>{};
  std::vector<database::DiscordGuild> present;
  present.reserve(listed->size());
  for (auto& guild : *listed) present.push_back({guild.id, std::move(guild.name), std::move(guild.icon)});
  const auto count = present.size();
  try {
    const auto changed = co_await parts_.guilds.reconcile(std::move(present));
    parts_.log.info(
        "Guilds reconciled",
        {{"guilds", count}, {"joined", changed.joined}, {"left", changed.left}, {"renamed", changed.renamed}});
    co_return base::Result<void>{};
  } catch (const database::Unavailable&) {
  }
  co_return Error{Errc::unavailable, "The database is not available."};
}

}  // namespace guildhall::bot
