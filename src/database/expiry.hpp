#pragma once

// Tables whose rows expire: each has columns `id` and `expires_at`, and an index on the latter.

#include <chrono>
#include <cstddef>
#include <span>
#include <string>

#include "database/database.hpp"
#include "database/rows.hpp"

namespace guildhall::database {

/// Removes up to `max` rows of `table` whose `expires_at` has passed, oldest first, and returns how many.
template <class Key>
std::size_t purge_expired(soci::session& sql, const std::string& table, base::Timestamp now, std::size_t max) {
  const auto keys = query<Key>(
      sql, "SELECT id FROM " + table + " WHERE expires_at <= :now ORDER BY expires_at LIMIT " + std::to_string(max),
      now);
  for (const auto chunk : chunked(std::span(keys))) {
    execute(sql, "DELETE FROM " + table + " WHERE id IN " + placeholders(chunk.size()), chunk);
  }
  return keys.size();
}

/// Starts to remove all that expired longer than `margin` ago, in small steps. Nothing while purges have to wait
/// (PurgeTime).
template <class Key>
void start_purge_of_expired(Database& database, std::string table, std::chrono::hours margin = {}) {
  const auto now = database.purge_time();
  if (!now) return;
  database.start_purge([table = std::move(table), end = *now - margin](soci::session& sql, std::size_t max) {
    return purge_expired<Key>(sql, table, end, max);
  });
}

}  // namespace guildhall::database
