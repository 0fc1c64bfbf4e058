#include "bot/guilds/guild_table.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "database/errors.hpp"

namespace guildhall::bot {
namespace {

namespace asio = boost::asio;

/// Guilds in one transaction; the writes of others come in between.
constexpr std::size_t batch_size = 500;
/// After the database was away.
constexpr std::chrono::seconds retry_after{1};

/// Which shard a guild's events come from (Discord: events/gateway, Sharding).
unsigned shard_of(base::GuildId guild, unsigned shards) {
  return static_cast<unsigned>((guild.value() >> 22U) % shards);
}

bool same(const std::optional<database::DiscordGuild>& a, const std::optional<database::DiscordGuild>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->name == b->name && a->icon == b->icon;
}

}  // namespace

GuildTable::GuildTable(net::Executor home, database::GuildRepository& guilds, base::Log log)
    : home_(std::move(home)),
      guilds_(guilds),
      log_(std::move(log)),
      woken_(home_, asio::steady_timer::time_point::max()),
      written_(home_) {}

void GuildTable::shard_is_in(unsigned shard, unsigned shards, const std::vector<base::GuildId>& guilds) {
  shards_[shard] = {shards, {guilds.begin(), guilds.end()}};
  wake();
}

void GuildTable::present(database::DiscordGuild guild) {
  const auto id = guild.id;
  news_.insert_or_assign(id, std::move(guild));
  wake();
}

void GuildTable::left(base::GuildId guild) {
  news_.insert_or_assign(guild, std::nullopt);
  wake();
}

void GuildTable::wake() { woken_.cancel(); }

net::Task<> GuildTable::run() {
  for (;;) {
    if (shards_.empty() && news_.empty()) {
      boost::system::error_code cancelled;
      co_await woken_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
    asio::steady_timer pause(home_, failing_ ? std::chrono::milliseconds(retry_after) : gathering);
    co_await pause.async_wait(asio::use_awaitable);
    auto writing = write();
    failing_ = !co_await std::move(writing);
    if (shards_.empty() && news_.empty()) written_.cancel();
  }
}

net::Task<> GuildTable::finished(std::chrono::milliseconds limit) {
  if (shards_.empty() && news_.empty()) co_return;
  written_.expires_after(limit);
  boost::system::error_code cancelled;
  co_await written_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

net::Task<bool> GuildTable::write() {
  std::string reason;
  try {
    auto shards = write_shards();
    co_await std::move(shards);
    auto guilds = write_guilds();
    co_await std::move(guilds);
    co_return true;
  } catch (const database::Unavailable& error) {
    reason = error.what();
  }
  if (!failing_) log_.warn("The table of guilds cannot follow, the database is away", {{"reason", reason}});
  co_return false;
}

/// First, as guilds that were joined since are among the other news.
net::Task<> GuildTable::write_shards() {
  while (!shards_.empty()) {
    const auto node = *shards_.begin();
    const auto shard = node.first;
    const auto shards = node.second.shards;
    std::function<bool(base::GuildId)> concerns = [shard, shards](base::GuildId id) {
      return shard_of(id, shards) == shard;
    };
    auto marking = guilds_.mark_missing(node.second.guilds, std::move(concerns));
    const auto left = co_await std::move(marking);
    const auto now = shards_.find(shard);
    if (now != shards_.end() && now->second.guilds == node.second.guilds) shards_.erase(now);
    if (left > 0) log_.info("Guilds were left while the bot was away", {{"guilds", left}, {"shard", shard}});
  }
}

net::Task<> GuildTable::write_guilds() {
  database::Reconciled sum;
  while (!news_.empty()) {
    const auto batch = next_batch();
    auto following = guilds_.follow(batch.present, batch.left);
    const auto changed = co_await std::move(following);
    settle(batch);
    sum.joined += changed.joined;
    sum.left += changed.left;
    sum.renamed += changed.renamed;
  }
  if (sum.joined + sum.left + sum.renamed == 0) co_return;
  log_.info("The table of guilds has changed", {{"joined", sum.joined}, {"left", sum.left}, {"renamed", sum.renamed}});
}

GuildTable::Batch GuildTable::next_batch() const {
  Batch batch;
  for (auto at = news_.begin(); at != news_.end() && batch.present.size() + batch.left.size() < batch_size; ++at) {
    if (at->second) {
      batch.present.push_back(*at->second);
    } else {
      batch.left.push_back(at->first);
    }
  }
  return batch;
}

/// What was told again while it was written stays.
void GuildTable::settle(const Batch& batch) {
  const auto written = [this](base::GuildId id, const std::optional<database::DiscordGuild>& news) {
    const auto found = news_.find(id);
    if (found != news_.end() && same(found->second, news)) news_.erase(found);
  };
  for (const auto& guild : batch.present) written(guild.id, guild);
  for (const auto id : batch.left) written(id, std::nullopt);
}

}  // namespace guildhall::bot
