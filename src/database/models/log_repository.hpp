#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "database/database.hpp"
#include "database/models/log.hpp"

namespace guildhall::database {

/// Which logs to list.
struct LogFilter {
  base::LogLevel level = base::LogLevel::debug;  ///< This one and those more severe.
  std::optional<std::string> source{};           ///< This one alone.
  std::optional<LogId> before{};                 ///< Older than this one.
  std::size_t limit = 50;                        ///< At most so many.
};

/// Table `logs`. Any thread may call; tasks may be awaited on any event loop.
class LogRepository {
 public:
  explicit LogRepository(Database& database) : database_(database) {}

  /// The newest that `filter` lets through, newest first. Throws Unavailable.
  [[nodiscard]] net::Task<std::vector<Log>> list(LogFilter filter);

  /// Starts to write `rows`, whose ids rise, all in one transaction. A row that is there already is left alone, so the
  /// same rows may be written again where it is uncertain whether they were. Where a row of somebody else has the id,
  /// ours gets the next that is free, and those after it as far as they must make room.
  void start_insert(std::shared_ptr<const std::vector<Log>> rows, WriteDone done);

  /// Told how many rows were removed, `purge_step` where there may be more.
  using Purged = std::function<void(std::exception_ptr, std::size_t removed)>;

  static constexpr std::size_t purge_step = 500;

  /// Starts to remove up to `purge_step` of the rows whose ids are below `end`, oldest first.
  void start_purge(LogId end, Purged purged);
  /// See Database::purge_time.
  [[nodiscard]] std::optional<base::Timestamp> purge_time() { return database_.purge_time(); }

 private:
  Database& database_;
};

}  // namespace guildhall::database
