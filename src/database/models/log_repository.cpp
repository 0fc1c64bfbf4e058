#include "database/models/log_repository.hpp"

#include <algorithm>
#include <map>

#include "database/rows.hpp"

namespace guildhall::database {
namespace {

using base::LogLevel;

/// Ids start far below the ends of the signed numbers that databases compare.
constexpr LogId beyond_all{1ULL << 62U};

std::vector<Log> list_level(soci::session& sql, const LogFilter& filter, LogLevel level) {
  const LogId before = std::min(filter.before.value_or(beyond_all), beyond_all);
  const auto rest = "level = :level AND id < :before ORDER BY id DESC LIMIT " + std::to_string(filter.limit);
  if (filter.source) return select<Log>(sql, "WHERE source = :source AND " + rest, *filter.source, level, before);
  return select<Log>(sql, "WHERE " + rest, level, before);
}

/// Level by level, each from an index: one statement for several levels would sort all that they have.
std::vector<Log> list_rows(soci::session& sql, const LogFilter& filter) {
  std::vector<Log> rows;
  for (int level = 0; level <= static_cast<int>(filter.level); ++level) {
    auto found = list_level(sql, filter, static_cast<LogLevel>(level));
    rows.insert(rows.end(), std::move_iterator(found.begin()), std::move_iterator(found.end()));
  }
  std::ranges::sort(rows, std::ranges::greater{}, &Log::id);
  if (rows.size() > filter.limit) rows.resize(filter.limit);
  return rows;
}

bool same_but_for_id(const Log& a, const Log& b) {
  return a.timestamp == b.timestamp && a.level == b.level && a.source == b.source && a.message == b.message &&
         a.stacktrace == b.stacktrace;
}

void insert_rows(soci::session& sql, const std::vector<Log>& rows) {
  // As far as rows may be moved up, and then some.
  const LogId first = rows.front().id;
  const LogId last{rows.back().id.value() + 2 * rows.size()};
  std::map<LogId, Log> taken;
  for (auto& row : select<Log>(sql, "WHERE id >= :first AND id <= :last", first, last)) {
    const LogId id = row.id;
    taken.emplace(id, std::move(row));
  }

  std::vector<Log> added;
  LogId next{0};
  for (const Log& row : rows) {
    LogId id = std::max(row.id, next);
    auto there = taken.find(id);
    while (there != taken.end() && !same_but_for_id(there->second, row)) {
      id = LogId{id.value() + 1};
      there = taken.find(id);
    }
    if (there == taken.end()) {
      added.push_back(row);
      added.back().id = id;
    }
    next = LogId{id.value() + 1};
  }
  insert_many(sql, added);
}

/// Removes the oldest rows below `end` and returns how many.
std::size_t purge_rows(soci::session& sql, LogId end) {
  const auto oldest = query<LogId>(
      sql, "SELECT id FROM logs WHERE id < :end ORDER BY id LIMIT " + std::to_string(LogRepository::purge_step), end);
  if (!oldest.empty()) execute(sql, "DELETE FROM logs WHERE id <= :last", oldest.back());
  return oldest.size();
}

}  // namespace

net::Task<std::vector<Log>> LogRepository::list(LogFilter filter) {
  ReadJob<std::vector<Log>> job = [filter = std::move(filter)](soci::session& sql) { return list_rows(sql, filter); };
  co_return co_await database_.read(std::move(job));
}

void LogRepository::start_insert(std::shared_ptr<const std::vector<Log>> rows, WriteDone done) {
  database_.start_write([rows = std::move(rows)](soci::session& sql, Changes&) { insert_rows(sql, *rows); },
                        std::move(done));
}

void LogRepository::start_purge(LogId end, Purged purged) {
  const auto removed = std::make_shared<std::size_t>(0);
  database_.start_write([end, removed](soci::session& sql, Changes&) { *removed = purge_rows(sql, end); },
                        [removed, purged = std::move(purged)](std::exception_ptr error) {
                          const auto count = error ? 0 : *removed;
                          purged(std::move(error), count);
                        });
}

}  // namespace guildhall::database
