#include "bot/match/command_index.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>

#include "database/errors.hpp"
#include "database/models/command_repository.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::bot {
namespace {

using std::chrono::steady_clock;

/// Guilds per read.
constexpr std::size_t max_loaded_guilds = 500;
/// While the database is away.
constexpr std::chrono::seconds load_retry_pause{1};
/// A burst of changes costs few reads: after each one the index rests for a multiple of the time it took, unless
/// somebody waits.
constexpr std::chrono::milliseconds min_rest{50};
constexpr std::chrono::milliseconds max_rest{2000};
constexpr int rest_factor = 9;

void add(std::unordered_map<base::GuildId, Triggers>& guilds, const database::Trigger& row) {
  const auto guild = guilds.try_emplace(row.guild_id, row.prefix).first;
  guild->second.add(row.command_id, row.revision, row.trigger,
                    row.case_sensitive ? base::Case::keep : base::Case::fold);
}

}  // namespace

CommandIndex::CommandIndex(net::Executor home, database::CommandRepository& commands, database::ChangeFeed& feed,
                           base::Log log)
    : home_(std::move(home)), commands_(commands), log_(std::move(log)) {
  dirty_.mark_all();
  // Subscribed before the first read, so that no change is missed.
  command_changes_ = follow(feed, database::Entity::commands);
  guild_changes_ = follow(feed, database::Entity::guild);
}

database::ChangeFeed::Subscription CommandIndex::follow(database::ChangeFeed& feed, database::Entity entity) {
  database::ChangeFeed::Listener listener;
  listener.changed = [this](const database::Change& change) {
    if (const auto guild = base::GuildId::parse(change.id)) {
      dirty_.mark(*guild);
    } else {
      dirty_.mark_all();
    }
    wake();
  };
  listener.missed = [this] {
    dirty_.mark_all();
    wake();
  };
  return feed.subscribe(entity, std::move(listener));
}

void CommandIndex::wake() {
  boost::asio::post(home_, [this] { changed_.set(); });
}

std::optional<Match> CommandIndex::match(base::GuildId guild, std::string_view content,
                                         const Addressing& addressing) const {
  const auto found = guilds_.find(guild);
  return found == guilds_.end() ? std::nullopt : found->second.match(content, addressing);
}

net::Task<> CommandIndex::run() {
  for (;;) {
    changed_.reset();
    auto batch = dirty_.next(max_loaded_guilds);
    if (batch.empty()) {
      co_await changed_.wait();
      continue;
    }
    const auto begun = steady_clock::now();
    if (co_await refresh(std::move(batch))) {
      co_await rest(steady_clock::now() - begun);
    } else {
      co_await net::sleep_for(load_retry_pause);
    }
  }
}

net::Task<> CommandIndex::rest(steady_clock::duration busy) {
  urgent_.reset();
  co_await urgent_.wait_for(std::clamp<steady_clock::duration>(rest_factor * busy, min_rest, max_rest));
}

net::Task<bool> CommandIndex::refresh(DirtyGuilds::Batch batch) {
  std::string reason;
  try {
    auto reading = batch.all ? read_all() : read(batch.guilds);
    co_await std::move(reading);
    dirty_.clear(batch);
    failing_ = false;
    refreshed_.set();
    refreshed_.reset();
    co_return true;
  } catch (const database::Unavailable& error) {
    reason = error.what();
  }
  if (!failing_) log_.warn("Cannot read custom commands: the database is not available", {{"reason", reason}});
  failing_ = true;
  co_return false;
}

net::Task<> CommandIndex::read_all() {
  Guilds guilds;
  base::CommandId last;
  std::size_t commands = 0;
  for (bool more = true; more;) {
    const auto page = co_await commands_.triggers_after(last);
    for (const auto& row : page) add(guilds, row);
    commands += page.size();
    more = page.size() == database::CommandRepository::triggers_page;
    if (more) last = page.back().command_id;
  }
  for (auto& [guild, triggers] : guilds) triggers.sort();
  guilds_ = std::move(guilds);
  log_.info("Custom commands loaded", {{"commands", commands}, {"guilds", guilds_.size()}});
}

net::Task<> CommandIndex::read(std::vector<base::GuildId> ids) {
  const auto rows = co_await commands_.triggers(ids);
  Guilds guilds;
  for (const auto& row : rows) add(guilds, row);
  for (const auto id : ids) guilds_.erase(id);
  for (auto& [guild, triggers] : guilds) {
    triggers.sort();
    guilds_.insert_or_assign(guild, std::move(triggers));
  }
}

net::Task<bool> CommandIndex::wait_until_current(base::GuildId guild, std::chrono::milliseconds limit) {
  const auto deadline = steady_clock::now() + limit;
  while (!is_current(guild)) {
    urgent_.set();
    if (!co_await refreshed_.wait_until(deadline)) break;
  }
  co_return is_current(guild);
}

}  // namespace guildhall::bot
