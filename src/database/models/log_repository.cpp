#include "database/models/log_repository.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string_view>

#include "database/database.hpp"
#include "database/insert_many.hpp"
#include "database/sql.hpp"

namespace guildhall::database {
namespace {

using base::LogLevel;

constexpr std::string_view columns = "SELECT id, level, source, message, `timestamp`, stacktrace FROM logs ";

LogLevel level_of(const std::string& column) {
  const auto level = base::parse_log_level(column);
  if (!level) throw std::invalid_argument("A column of level holds no level");  // somebody edited it
  return *level;
}

/// The rows of `columns` and `rest`, which binds `values`.
template <class... Values>
std::vector<Log> select(soci::session& sql, std::string_view rest, const Values&... values) {
  Log row;
  std::string level;
  soci::statement statement(sql);
  statement.exchange(soci::into(row.id));
  statement.exchange(soci::into(level));
  statement.exchange(soci::into(row.source));
  statement.exchange(soci::into(row.message));
  statement.exchange(soci::into(row.timestamp));
  statement.exchange(soci::into(row.stacktrace));
  (statement.exchange(soci::use(values)), ...);
  statement.alloc();
  statement.prepare(std::string(columns).append(rest));
  statement.define_and_bind();
  statement.execute();
  std::vector<Log> rows;
  while (statement.fetch()) {
    row.level = level_of(level);
    rows.push_back(row);
  }
  return rows;
}

/// Ids start far below the ends of the signed numbers that databases compare.
constexpr LogId beyond_all{1ULL << 62U};

std::vector<Log> list_level(soci::session& sql, const LogFilter& filter, LogLevel level) {
  const std::string name{to_string(level)};
  const LogId before = std::min(filter.before.value_or(beyond_all), beyond_all);
  const auto limit = static_cast<long long>(filter.limit);
  if (filter.source) {
    return select(sql, "WHERE source = :source AND level = :level AND id < :before ORDER BY id DESC LIMIT :limit",
                  *filter.source, name, before, limit);
  }
  return select(sql, "WHERE level = :level AND id < :before ORDER BY id DESC LIMIT :limit", name, before, limit);
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

/// A row with its level as the column has it.
struct NewRow {
  Log log;
  std::string level;
};

void insert_new(soci::session& sql, const std::vector<NewRow>& rows) {
  insert_many(sql, {"logs", "id, level, source, message, `timestamp`, stacktrace", 6}, rows,
              [](soci::statement& statement, const NewRow& row) {
                statement.exchange(soci::use(row.log.id));
                statement.exchange(soci::use(row.level));
                statement.exchange(soci::use(row.log.source));
                statement.exchange(soci::use(row.log.message));
                statement.exchange(soci::use(row.log.timestamp));
                statement.exchange(soci::use(row.log.stacktrace));
              });
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
  for (auto& row : select(sql, "WHERE id >= :first AND id <= :last", first, last))
    taken.emplace(row.id, std::move(row));

  std::vector<NewRow> added;
  LogId next{0};
  for (const Log& row : rows) {
    LogId id = std::max(row.id, next);
    auto there = taken.find(id);
    while (there != taken.end() && !same_but_for_id(there->second, row)) {
      id = LogId{id.value() + 1};
      there = taken.find(id);
    }
    if (there == taken.end()) {
      added.push_back({row, std::string(to_string(row.level))});
      added.back().log.id = id;
    }
    next = LogId{id.value() + 1};
  }
  insert_new(sql, added);
}

/// Removes the oldest rows below `end` and returns how many.
std::size_t purge_rows(soci::session& sql, LogId end) {
  const auto step = static_cast<long long>(LogRepository::purge_step);
  LogId last;
  long long found = 0;
  sql << "SELECT COUNT(*), COALESCE(MAX(id), 0) FROM "
         "(SELECT id FROM logs WHERE id < :end ORDER BY id LIMIT :step) AS oldest",
      soci::into(found), soci::into(last), soci::use(end), soci::use(step);
  if (found > 0) sql << "DELETE FROM logs WHERE id <= :last", soci::use(last);
  return static_cast<std::size_t>(found);
}

}  // namespace

net::Task<std::vector<Log>> LogRepository::list(LogFilter filter) {
  ReadJob<std::vector<Log>> job = [filter = std::move(filter)](soci::session& sql) { return list_rows(sql, filter); };
  auto reading = database_.read(std::move(job));
  co_return co_await std::move(reading);
}

void LogRepository::start_insert(std::shared_ptr<const std::vector<Log>> rows, Done done) {
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
