#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "database/cache.hpp"
#include "database/database.hpp"
#include "database/models/guild_store.hpp"

namespace guildhall::database {

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

/// Table `guilds`. Members throw Unavailable, unless they say otherwise, and may be awaited on any event loop.
class GuildRepository final : public GuildStore {
 public:
  explicit GuildRepository(Database& database);

  [[nodiscard]] std::optional<Pointer> known(base::GuildId id) override { return cache_.find(id); }
  [[nodiscard]] net::Task<Pointer> find(base::GuildId id) override;
  [[nodiscard]] net::Task<std::vector<Pointer>> find_many(std::vector<base::GuildId> ids) override;

  [[nodiscard]] net::Task<base::Result<Pointer>> update(base::GuildId id, GuildChange change,
                                                        GuildWrite write) override;

  // What follows makes rows agree with Discord. Rows that agree already are not touched.

  /// `present` is the complete list of guilds that the bot is in. Guilds that are missing there are marked as left and
  /// keep their settings; those that are back get theirs again.
  [[nodiscard]] net::Task<Reconciled> reconcile(std::vector<DiscordGuild> present);
  /// The bot is in the guilds `present` and not in `left`. Each guild is named once; others are not touched.
  [[nodiscard]] net::Task<Reconciled> follow(std::vector<DiscordGuild> present, std::vector<base::GuildId> left);
  /// Marks all guilds as left for which `concerns` holds and that are not among `present`. Returns how many.
  [[nodiscard]] net::Task<std::size_t> mark_missing(std::unordered_set<base::GuildId> present,
                                                    std::function<bool(base::GuildId)> concerns);
  /// How many guilds the bot is in.
  [[nodiscard]] net::Task<std::size_t> count_present();

  [[nodiscard]] CacheCounters cache_counters() const { return cache_.counters(); }

 private:
  /// What Discord says, about all guilds or about some.
  struct Presence;

  [[nodiscard]] net::Task<Reconciled> apply(std::shared_ptr<const Presence> presence);

  Database& database_;
  Cache<base::GuildId, Guild> cache_;
};

}  // namespace guildhall::database
