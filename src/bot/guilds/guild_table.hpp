#pragma once

#include <chrono>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/id.hpp"
#include "base/log.hpp"
#include "database/models/guild_repository.hpp"
#include "net/async/event.hpp"
#include "net/task.hpp"

namespace guildhall::bot {

/// Keeps table `guilds` up to date from gateway events. Changes are collected for a moment and written together, so
/// that thousands of GUILD_CREATEs at a start become a few transactions. While the database is away, the latest change
/// of each guild is kept. For one event loop.
class GuildTable {
 public:
  /// How long a change waits for further ones.
  static constexpr std::chrono::milliseconds collect_time{100};

  GuildTable(database::GuildRepository& guilds, base::Log log);

  /// All guilds of a shard: the bot has left those of the table that belong to the shard and are not among them.
  void set_shard(unsigned shard, unsigned shards, const std::vector<base::GuildId>& guilds);
  /// The bot has joined the guild, or its name or icon may have changed.
  void update(database::DiscordGuild guild);
  void remove(base::GuildId guild);

  /// Writes changes until it is cancelled.
  [[nodiscard]] net::Task<> run();

  /// Waits until all changes are written or `limit` has passed.
  [[nodiscard]] net::Task<bool> drain(std::chrono::milliseconds limit);

 private:
  struct Shard {
    unsigned shards = 1;
    std::unordered_set<base::GuildId> guilds;
  };
  struct Batch {
    std::vector<database::DiscordGuild> present;
    std::vector<base::GuildId> left;
  };

  void on_change();
  [[nodiscard]] bool is_empty() const { return shards_.empty() && changes_.empty(); }
  [[nodiscard]] net::Task<bool> write();
  [[nodiscard]] net::Task<> write_shards();
  [[nodiscard]] net::Task<> write_guilds();
  [[nodiscard]] Batch next_batch() const;
  void remove_written(const Batch& batch);

  database::GuildRepository& guilds_;
  const base::Log log_;
  std::unordered_map<unsigned, Shard> shards_;
  /// The latest change of each guild; nullopt if the bot has left it.
  std::unordered_map<base::GuildId, std::optional<database::DiscordGuild>> changes_;
  net::Event changed_;
  net::Event written_;  ///< Set while there is nothing to write.
  bool failing_ = false;
};

}  // namespace guildhall::bot
