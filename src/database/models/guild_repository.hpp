#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "database/cache.hpp"
#include "database/models/guild.hpp"
#include "net/task.hpp"

namespace guildhall::database {

class Database;

/// A guild that the bot is in, as Discord describes it.
struct DiscordGuild {
  base::GuildId id;
  std::string name;
  std::optional<std::string> icon;
};

/// What a reconciliation changed: numbers of guilds.
struct Reconciled {
  std::size_t joined = 0;   ///< New, or there again.
  std::size_t left = 0;     ///< Gone.
  std::size_t renamed = 0;  ///< Other name or icon.
};

/// Table `guilds`. All members throw Unavailable and may be awaited on any event loop.
class GuildRepository {
 public:
  explicit GuildRepository(Database& database);

  /// What memory has of `find`; nothing where the database must be asked. Does not throw.
  [[nodiscard]] std::optional<std::shared_ptr<const Guild>> known(base::GuildId id) { return cache_.find(id); }
  /// The guild, also one that the bot has left (`left_at`); null where the bot never was in it. Usually from memory.
  [[nodiscard]] net::Task<std::shared_ptr<const Guild>> find(base::GuildId id);
  /// As `find` for each of `ids`, in their order.
  [[nodiscard]] net::Task<std::vector<std::shared_ptr<const Guild>>> find_many(std::vector<base::GuildId> ids);

  /// Changes what is given. Errc::not_found; Errc::invalid about `/prefix` when a command's trigger starts with it.
  [[nodiscard]] net::Task<base::Result<std::shared_ptr<const Guild>>> update(base::GuildId id,
                                                                             std::optional<std::string> prefix,
                                                                             std::optional<std::string> language);

  /// Makes the table follow `present`, the complete list of guilds that the bot is in. Guilds missing there are marked
  /// as left and keep their settings, those back again get theirs. Rows that are right already are not touched.
  [[nodiscard]] net::Task<Reconciled> reconcile(std::vector<DiscordGuild> present);

  /// Makes the rows of these guilds follow what Discord says of them: `present` are there, with their name and icon,
  /// `left` are not any more; each guild once. Rows that are right already are not touched, nor are other guilds.
  [[nodiscard]] net::Task<Reconciled> follow(std::vector<DiscordGuild> present, std::vector<base::GuildId> left);

  /// Marks as left all guilds for which `concerns` holds and that are not among `present`. Returns how many.
  [[nodiscard]] net::Task<std::size_t> mark_missing(std::unordered_set<base::GuildId> present,
                                                    std::function<bool(base::GuildId)> concerns);

  /// How many guilds the bot is in.
  [[nodiscard]] net::Task<std::size_t> count_present();

  [[nodiscard]] CacheCounters cache_counters() const { return cache_.counters(); }

 private:
  Database& database_;
  Cache<base::GuildId, Guild> cache_;
};

}  // namespace guildhall::database
