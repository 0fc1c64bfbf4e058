#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/id.hpp"
#include "base/log.hpp"
#include "database/models/guild_repository.hpp"
#include "net/task.hpp"

namespace guildhall::bot {

/// Makes table `guilds` follow the gateway. News are gathered for a moment and written together, so that the ten
/// thousand GUILD_CREATEs of a start are a few transactions; while the database is away they are kept, one for each
/// guild. For one event loop.
class GuildTable {
 public:
  /// How long the first of some news waits for others.
  static constexpr std::chrono::milliseconds gathering{100};

  GuildTable(net::Executor home, database::GuildRepository& guilds, base::Log log);

  /// The guilds of a shard, all of them: the bot has left those of the table that belong to the shard and are not here.
  void shard_is_in(unsigned shard, unsigned shards, const std::vector<base::GuildId>& guilds);
  void present(database::DiscordGuild guild);
  void left(base::GuildId guild);

  /// Writes, until it is cancelled.
  [[nodiscard]] net::Task<> run();

  /// Waits until nothing is left to be written, but not longer than `limit`.
  [[nodiscard]] net::Task<> finished(std::chrono::milliseconds limit);

 private:
  struct Shard {
    unsigned shards = 1;
    std::unordered_set<base::GuildId> guilds;
  };
  struct Batch {
    std::vector<database::DiscordGuild> present;
    std::vector<base::GuildId> left;
  };

  void wake();
  [[nodiscard]] net::Task<bool> write();
  [[nodiscard]] net::Task<> write_shards();
  [[nodiscard]] net::Task<> write_guilds();
  [[nodiscard]] Batch next_batch() const;
  void settle(const Batch& batch);

  const net::Executor home_;
  database::GuildRepository& guilds_;
  const base::Log log_;
  std::unordered_map<unsigned, Shard> shards_;
  /// The latest of each guild: what it is called, or nothing where the bot has left it.
  std::unordered_map<base::GuildId, std::optional<database::DiscordGuild>> news_;
  boost::asio::steady_timer woken_;
  boost::asio::steady_timer written_;
  bool failing_ = false;
};

}  // namespace guildhall::bot
