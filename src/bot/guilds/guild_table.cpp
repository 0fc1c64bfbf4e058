#include "bot/guilds/guild_table.hpp"

#include <functional>

#include "database/errors.hpp"
#include "discord/model/snowflake.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::bot {
namespace {

/// Guilds per transaction; other writes can run in between.
constexpr std::size_t max_changed_guilds = 500;
/// While the database is away.
constexpr std::chrono::milliseconds write_retry_pause{1000};

bool is_same(const std::optional<database::DiscordGuild>& a, const std::optional<database::DiscordGuild>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->name == b->name && a->icon == b->icon;
}

}  // namespace

GuildTable::GuildTable(database::GuildRepository& guilds, base::Log log) : guilds_(guilds), log_(std::move(log)) {
  written_.set();
}

void GuildTable::set_shard(unsigned shard, unsigned shards, const std::vector<base::GuildId>& guilds) {
  shards_[shard] = {shards, {guilds.begin(), guilds.end()}};
  on_change();
}

void GuildTable::update(database::DiscordGuild guild) {
  const auto id = guild.id;
  changes_.insert_or_assign(id, std::move(guild));
  on_change();
}

void GuildTable::remove(base::GuildId guild) {
  changes_.insert_or_assign(guild, std::nullopt);
  on_change();
}

void GuildTable::on_change() {
  written_.reset();
  changed_.set();
}

net::Task<> GuildTable::run() {
  for (;;) {
    co_await changed_.wait();
    const std::chrono::milliseconds pause = failing_ ? write_retry_pause : collect_time;
    co_await net::sleep_for(pause);
    failing_ = !co_await write();
    if (!is_empty()) continue;
    changed_.reset();
    written_.set();
  }
}

net::Task<bool> GuildTable::drain(std::chrono::milliseconds limit) { return written_.wait_for(limit); }

net::Task<bool> GuildTable::write() {
  std::string reason;
  try {
    co_await write_shards();
    co_await write_guilds();
    co_return true;
  } catch (const database::Unavailable& error) {
    reason = error.what();
  }
  if (!failing_) log_.warn("Cannot update the table of guilds: the database is not available", {{"reason", reason}});
  co_return false;
}

/// Comes first, because the other changes hold guilds that were joined since.
net::Task<> GuildTable::write_shards() {
  while (!shards_.empty()) {
    const auto node = *shards_.begin();
    const auto shard = node.first;
    const auto shards = node.second.shards;
    std::function<bool(base::GuildId)> is_of_shard = [shard, shards](base::GuildId id) {
      return discord::shard_of(id, shards) == shard;
    };
    const auto left = co_await guilds_.mark_missing(node.second.guilds, std::move(is_of_shard));
    const auto now = shards_.find(shard);
    if (now != shards_.end() && now->second.guilds == node.second.guilds) shards_.erase(now);
    if (left > 0) log_.info("The bot left guilds while it was offline", {{"guilds", left}, {"shard", shard}});
  }
}

net::Task<> GuildTable::write_guilds() {
  database::Reconciled sum;
  while (!changes_.empty()) {
    const auto batch = next_batch();
    const auto changed = co_await guilds_.follow(batch.present, batch.left);
    remove_written(batch);
    sum.joined += changed.joined;
    sum.left += changed.left;
    sum.renamed += changed.renamed;
  }
  if (sum.joined + sum.left + sum.renamed == 0) co_return;
  log_.info("Table of guilds updated", {{"joined", sum.joined}, {"left", sum.left}, {"renamed", sum.renamed}});
}

GuildTable::Batch GuildTable::next_batch() const {
  Batch batch;
  for (auto at = changes_.begin();
       at != changes_.end() && batch.present.size() + batch.left.size() < max_changed_guilds; ++at) {
    if (at->second) {
      batch.present.push_back(*at->second);
    } else {
      batch.left.push_back(at->first);
    }
  }
  return batch;
}

/// Changes that arrived while these were written stay.
void GuildTable::remove_written(const Batch& batch) {
  const auto erase = [this](base::GuildId id, const std::optional<database::DiscordGuild>& change) {
    const auto found = changes_.find(id);
    if (found != changes_.end() && is_same(found->second, change)) changes_.erase(found);
  };
  for (const auto& guild : batch.present) erase(guild.id, guild);
  for (const auto id : batch.left) erase(id, std::nullopt);
}

}  // namespace guildhall::bot
