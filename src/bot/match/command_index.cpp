#include "bot/match/command_index.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "database/errors.hpp"
#include "database/models/command_repository.hpp"

namespace guildhall::bot {
namespace {

namespace asio = boost::asio;

/// Guilds that are read in one go.
constexpr std::size_t batch_size = 500;
/// After the database was away.
constexpr std::chrono::seconds retry_after{1};
/// Between reads that nobody waits for, so that a burst of changes costs few of them: so many times as
/// long as the last one took, within limits.
constexpr std::chrono::milliseconds shortest_rest{50};
constexpr std::chrono::milliseconds longest_rest{2000};
constexpr int rest_for_work = 9;
/// How long who waits for a guild does so before looking again: a read takes about a millisecond, an outage longer.
constexpr std::chrono::milliseconds first_look{1};
constexpr std::chrono::milliseconds last_look{100};

void add(std::unordered_map<base::GuildId, Triggers>& guilds, const database::Trigger& row) {
  const auto place = guilds.try_emplace(row.guild_id, row.prefix).first;
  place->second.add(row.command_id, row.revision, row.trigger);
}

}  // namespace

CommandIndex::CommandIndex(net::Executor home, database::CommandRepository& commands, database::ChangeFeed& feed,
                           base::Log log)
    : home_(std::move(home)),
      commands_(commands),
      log_(std::move(log)),
      woken_(home_, asio::steady_timer::time_point::max()),
      rested_(home_) {
  stale_.mark_all();
  // From before anything is read, so that no change is missed.
  command_changes_ = follow(feed, database::Entity::commands);
  guild_changes_ = follow(feed, database::Entity::guild);
}

database::ChangeFeed::Subscription CommandIndex::follow(database::ChangeFeed& feed, database::Entity entity) {
  database::ChangeFeed::Listener listener;
  listener.changed = [this](const database::Change& change) {
    if (const auto guild = base::GuildId::parse(change.id)) {
      stale_.mark(*guild);
    } else {
      stale_.mark_all();
    }
    wake();
  };
  listener.missed = [this] {
    stale_.mark_all();
    wake();
  };
  return feed.subscribe(entity, std::move(listener));
}

void CommandIndex::wake() {
  asio::post(home_, [this] { woken_.cancel(); });
}

std::optional<Match> CommandIndex::match(base::GuildId guild, std::string_view content) const {
  const auto found = guilds_.find(guild);
  return found == guilds_.end() ? std::nullopt : found->second.match(content);
}

net::Task<> CommandIndex::run() {
  for (;;) {
    auto batch = stale_.next(batch_size);
    if (batch.empty()) {
      boost::system::error_code woken;
      co_await woken_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
      continue;
    }
    const auto begun = std::chrono::steady_clock::now();
    auto refreshing = refresh(std::move(batch));
    const bool done = co_await std::move(refreshing);
    auto resting = done ? rest(std::chrono::steady_clock::now() - begun) : pause();
    co_await std::move(resting);
  }
}

net::Task<> CommandIndex::rest(std::chrono::steady_clock::duration busy) {
  rested_.expires_after(
      std::clamp<std::chrono::steady_clock::duration>(rest_for_work * busy, shortest_rest, longest_rest));
  boost::system::error_code wanted;
  co_await rested_.async_wait(asio::redirect_error(asio::use_awaitable, wanted));
}

net::Task<> CommandIndex::pause() {
  asio::steady_timer timer(home_, retry_after);
  co_await timer.async_wait(asio::use_awaitable);
}

net::Task<bool> CommandIndex::refresh(DirtyGuilds::Batch batch) {
  bool done = false;
  std::string reason;
  try {
    auto reading = batch.all ? read_all() : read(batch.guilds);
    co_await std::move(reading);
    done = true;
  } catch (const database::Unavailable& error) {
    reason = error.what();
  }
  if (done) stale_.settle(batch);
  if (!done && !failing_) log_.warn("Custom commands cannot be read, the database is away", {{"reason", reason}});
  failing_ = !done;
  co_return done;
}

net::Task<> CommandIndex::read_all() {
  Guilds guilds;
  base::CommandId last;
  std::size_t commands = 0;
  for (bool more = true; more;) {
    auto reading = commands_.triggers_after(last);
    const auto page = co_await std::move(reading);
    for (const auto& row : page) add(guilds, row);
    commands += page.size();
    more = page.size() == database::CommandRepository::triggers_page;
    if (more) last = page.back().command_id;
  }
  for (auto& [guild, triggers] : guilds) triggers.seal();
  guilds_ = std::move(guilds);
  log_.info("Custom commands read", {{"commands", commands}, {"guilds", guilds_.size()}});
}

net::Task<> CommandIndex::read(std::vector<base::GuildId> ids) {
  auto reading = commands_.triggers(ids);
  const auto rows = co_await std::move(reading);
  Guilds guilds;
  for (const auto& row : rows) add(guilds, row);
  for (const auto id : ids) guilds_.erase(id);
  for (auto& [guild, triggers] : guilds) {
    triggers.seal();
    guilds_.insert_or_assign(guild, std::move(triggers));
  }
}

net::Task<bool> CommandIndex::wait_until_current(base::GuildId guild, std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  asio::steady_timer timer(home_);
  for (auto pause = first_look; !current(guild) && std::chrono::steady_clock::now() < deadline;
       pause = std::min(2 * pause, last_look)) {
    rested_.cancel();
    timer.expires_after(pause);
    co_await timer.async_wait(asio::use_awaitable);
  }
  co_return current(guild);
}

}  // namespace guildhall::bot
