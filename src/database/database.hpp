#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/secret.hpp"
#include "config/config.hpp"
#include "database/change_feed.hpp"
#include "database/errors.hpp"
#include "net/task.hpp"

namespace soci {
class session;
}

namespace guildhall::database {

/// A MariaDB or MySQL server.
struct Server {
  std::string host = "127.0.0.1";
  std::uint16_t port = 3306;
  std::string user;
  base::Secret pass;
  std::string name;    ///< Of the database.
  std::string tls_ca;  ///< File of the CA certificates for the server; empty: no TLS.
};

struct Options {
  config::Dialect dialect = config::Dialect::sqlite;
  std::string storage;                           ///< SQLite file, or `:memory:`.
  Server server;                                 ///< For the other dialects.
  std::size_t readers = 2;                       ///< Connections that only read. One more writes.
  std::size_t queue_limit = 4096;                ///< Reads, and writes, that may wait for a connection.
  std::chrono::milliseconds wait_limit{2000};    ///< From the call to the answer, then Unavailable.
  std::chrono::milliseconds busy_timeout{1500};  ///< For a lock of another process.
  std::chrono::milliseconds close_limit{5000};   ///< For queued jobs when the database is closed.
};

/// A job that reads a snapshot of the database. Jobs run again if the connection is lost meanwhile, so what they change
/// outside the database must be the same after a second run.
template <class T>
using ReadJob = std::function<T(soci::session&)>;

/// A job that writes in a transaction of its own, as far as it can tell: it is rolled back when it throws. It reports
/// what it changed. It may run again, as a ReadJob.
template <class T>
using WriteJob = std::function<T(soci::session&, Changes&)>;

/// A WriteJob for several items of one type, each of which it tells its outcome. If it throws, it is called again for
/// each item alone.
using BatchWork = std::function<void(soci::session&, std::span<const std::shared_ptr<void>> items, Changes&)>;

/// Told once how a write ended, on any thread: without an exception when it is on the disk. Must neither block nor
/// throw.
using WriteDone = std::function<void(std::exception_ptr)>;

/// For /metrics.
struct Counters {
  std::uint64_t reads = 0;           ///< Read jobs since the start.
  std::uint64_t writes = 0;          ///< Write jobs since the start.
  std::uint64_t commits = 0;         ///< Transactions that wrote; `writes / commits` is the size of a group.
  std::uint64_t failed_commits = 0;  ///< Transactions that could not begin or commit.
  std::uint64_t refused = 0;         ///< Jobs refused because the queue was full.
  std::uint64_t given_up = 0;        ///< Jobs whose caller stopped waiting.
  std::uint64_t feed_polls = 0;      ///< Successful polls of the change feed.
  std::uint64_t feed_failures = 0;   ///< Failed polls.
  std::size_t reads_waiting = 0;     ///< Read jobs in the queue now.
  std::size_t writes_waiting = 0;    ///< Write jobs in the queue now.
};

/// The database: its connections, each with a thread of its own, and their queues. A write that has returned is on the
/// disk. Writes that wait at the same time share one commit. Members may be called from any thread. Close it before the
/// event loops that use it end.
class Database {
 public:
  /// Opens the database, or creates it, migrates its schema under a lock, and starts the threads. Blocks. Throws
  /// StartError.
  [[nodiscard]] static std::unique_ptr<Database> open(Options options, const base::Clock& clock, base::Log log);

  /// Calls `close`.
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs `job` on a thread of the database while the caller's event loop continues, and returns or throws what it did.
  /// Throws Unavailable if the database is away, the queue is full or the time is up; the job may still run then, so it
  /// owns what it uses. The caller's executor is an event loop or a strand.
  template <class T>
  [[nodiscard]] net::Task<T> read(ReadJob<T> job) {
    const auto outcome = std::make_shared<Outcome<T>>();
    std::function<void(soci::session&)> run = [outcome, job = std::move(job)](soci::session& sql) {
      outcome->keep([&] { return job(sql); });
    };
    co_await run_read(std::move(run));
    co_return outcome->take();
  }

  /// As `read`. When this returns, the changes are on the disk and the change feed has told of them; if it throws
  /// anything but Unavailable, nothing has changed.
  template <class T>
  [[nodiscard]] net::Task<T> write(WriteJob<T> job) {
    const auto outcome = std::make_shared<Outcome<T>>();
    std::function<void(soci::session&, Changes&)> run = [outcome, job = std::move(job)](soci::session& sql,
                                                                                        Changes& changes) {
      outcome->keep([&] { return job(sql, changes); });
    };
    co_await run_write(std::move(run));
    co_return outcome->take();
  }

  /// As `write`, for `item`. `work` gets all its items that wait at the same time.
  [[nodiscard]] net::Task<> write_batched(std::shared_ptr<const BatchWork> work, std::shared_ptr<void> item);

  /// Returns when the database has answered a read; throws Unavailable after half a second.
  [[nodiscard]] net::Task<> ping();

  /// One sentence for people why the database is not to be relied on; empty if it is. Goes by how the last reads and
  /// writes ended, pings, and where nobody has written for a while also writes; takes up to a second.
  [[nodiscard]] net::Task<std::string> fault();

  /// Starts a job that nobody waits for; it is dropped if the queue is full or the database away.
  void start_read(std::function<void(soci::session&)> job);
  /// As `write`, without waiting. `done` is called when the outcome is certain, however long that takes, perhaps before
  /// this returns.
  void start_write(std::function<void(soci::session&, Changes&)> job, WriteDone done = {});
  /// Starts to call `purge`, each time in a write of its own, until it removes fewer than `max` rows: so no other write
  /// waits long behind it. It returns how many it removed.
  void start_purge(std::function<std::size_t(soci::session&, std::size_t max)> purge);

  [[nodiscard]] ChangeFeed& feed();
  [[nodiscard]] const base::Clock& clock() const;
  [[nodiscard]] const base::Log& log() const;
  [[nodiscard]] Counters counters() const;

  /// The time that purges go by, see PurgeTime; nothing while they have to wait.
  [[nodiscard]] std::optional<base::Timestamp> purge_time();

  /// Calls `work` about once a minute on a thread of the database until the returned handle is destroyed. For purges:
  /// `work` must not block.
  [[nodiscard]] std::shared_ptr<void> each_minute(std::function<void()> work);

  /// Refuses new jobs, finishes queued ones within `close_limit` (the rest fail with Unavailable), checkpoints the WAL
  /// and ends the threads. Blocks.
  void close();

 private:
  struct Impl;

  template <class T>
  class Outcome {
   public:
    template <class Function>
    void keep(Function function) {
      if constexpr (std::is_void_v<T>) {
        function();
      } else {
        value_.emplace(function());
      }
    }
    T take() {
      if constexpr (!std::is_void_v<T>) return std::move(*value_);
    }

   private:
    std::optional<std::conditional_t<std::is_void_v<T>, std::monostate, T>> value_;
  };

  explicit Database(std::unique_ptr<Impl> impl);

  [[nodiscard]] net::Task<> run_read(std::function<void(soci::session&)> job);
  [[nodiscard]] net::Task<> run_write(std::function<void(soci::session&, Changes&)> job);

  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::database
