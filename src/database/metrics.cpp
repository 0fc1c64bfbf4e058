#include "database/metrics.hpp"

#include "database/database.hpp"
#include "database/models/command_repository.hpp"
#include "database/models/guild_repository.hpp"
#include "database/models/user_repository.hpp"

namespace guildhall::database {

using base::counter;
using base::gauge;

base::MetricFamilies metrics(const Database& database) {
  const auto counters = database.counters();
  return {counter("database_reads_total", "Database read jobs that were run.", counters.reads),
          counter("database_writes_total", "Database write jobs that were run.", counters.writes),
          counter("database_commits_total", "Database transactions that were committed.", counters.commits),
          counter("database_failed_commits_total", "Database transactions that failed.", counters.failed_commits),
          counter("database_refused_total", "Database jobs refused because their queue was full.", counters.refused),
          counter("database_given_up_total", "Database jobs whose caller stopped waiting.", counters.given_up),
          counter("database_feed_polls_total", "Polls of the database's change feed.", counters.feed_polls),
          counter("database_feed_failures_total", "Polls of the database's change feed that failed.",
                  counters.feed_failures),
          gauge("database_queue_length", "Jobs that wait for a database connection, by queue.")
              .add(counters.reads_waiting, {{"queue", "read"}})
              .add(counters.writes_waiting, {{"queue", "write"}})};
}

base::MetricFamilies metrics(const UserRepository& users, const GuildRepository& guilds,
                             const CommandRepository& commands) {
  auto lookups = counter("database_cache_lookups_total", "Lookups in caches of database rows, by outcome.");
  auto entries = gauge("database_cache_entries", "Rows in caches of database rows.");
  const auto add_cache = [&](const char* name, const CacheCounters& counters) {
    lookups.add(counters.hits, {{"cache", name}, {"outcome", "hit"}});
    lookups.add(counters.misses, {{"cache", name}, {"outcome", "miss"}});
    entries.add(counters.entries, {{"cache", name}});
  };
  add_cache("users", users.cache_counters());
  add_cache("guilds", guilds.cache_counters());
  add_cache("commands", commands.cache_counters());
  return {std::move(lookups), std::move(entries)};
}

}  // namespace guildhall::database
