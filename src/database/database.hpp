#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/secret.hpp"
#include "config/config.hpp"
#include "database/bulk.hpp"
#include "database/change_feed.hpp"
#include "database/errors.hpp"
#include "net/task.hpp"

namespace soci {
class session;
}

namespace guildhall::database {

/// A server of MariaDB or MySQL.
struct Server {
  std::string host = "127.0.0.1";
  std::uint16_t port = 3306;
  std::string user;
  base::Secret pass;
  std::string name;    ///< The database.
  std::string tls_ca;  ///< The file of certificates that the server's is verified with; empty: no TLS.
};

struct Options {
  config::Dialect dialect = config::Dialect::sqlite;
  std::string storage;                           ///< SQLite file, or `:memory:`.
  Server server;                                 ///< For the other dialects.
  std::size_t readers = 2;                       ///< Connections that read beside the one that writes.
  std::size_t queue_limit = 4096;                ///< Reads, and writes, that may wait for a connection.
  std::chrono::milliseconds wait_limit{2000};    ///< From the call to the answer, then Unavailable.
  std::chrono::milliseconds busy_timeout{1500};  ///< For a lock that another process holds.
  std::chrono::milliseconds close_limit{5000};   ///< For the work that is queued when the database is closed.
};

/// A job that reads. All that it reads is of one moment. Jobs run again where the connection is lost in the middle of
/// one, so they change nothing outside the database that a second run would change again.
template <class T>
using ReadJob = std::function<T(soci::session&)>;

/// A job that writes, in a transaction of its own as far as it can tell: undone when it throws. It says what it
/// changed. What is said of reads that run again holds for these.
template <class T>
using WriteJob = std::function<T(soci::session&, Changes&)>;

/// What has happened since the start; for /metrics.
struct Counters {
  std::uint64_t reads = 0;           ///< Read jobs that were asked for.
  std::uint64_t writes = 0;          ///< Write jobs that were asked for.
  std::uint64_t commits = 0;         ///< Transactions that wrote; `writes / commits` is the size of a group.
  std::uint64_t failed_commits = 0;  ///< Transactions that could not begin or commit.
  std::uint64_t refused = 0;         ///< Jobs not taken, since the queue was full.
  std::uint64_t given_up = 0;        ///< Jobs whose caller stopped waiting.
  std::uint64_t feed_polls = 0;      ///< Successful polls of the change feed.
  std::uint64_t feed_failures = 0;   ///< Failed ones.
  std::size_t reads_waiting = 0;     ///< Read jobs in the queue now.
  std::size_t writes_waiting = 0;    ///< Write jobs in the queue now.
};

/// The database: its connections, each with a thread of its own, and the queues before them. A write that has returned
/// is on the disk. Writes that wait at the same time share one commit. Members may be called from any thread. It is
/// closed before the event loops that use it go.
class Database {
 public:
  /// Opens the database, creates it where it is missing, brings its schema up to date under a lock, starts the threads.
  /// Blocks. Throws StartError.
  [[nodiscard]] static std::unique_ptr<Database> open(Options options, const base::Clock& clock, base::Log log);

  /// As `close`.
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs `job` on a thread of the database while the caller's event loop goes on, and returns what it returned or
  /// throws what it threw. Throws Unavailable where the database is away, the queue is full or the time is up; the job
  /// may then still run, so it holds only values. The caller's executor is an event loop or a strand.
  template <class T>
  [[nodiscard]] net::Task<T> read(ReadJob<T> job) {
    const auto outcome = std::make_shared<Outcome<T>>();
    std::function<void(soci::session&)> run = [outcome, job = std::move(job)](soci::session& sql) {
      outcome->keep([&] { return job(sql); });
    };
    auto waiting = run_read(std::move(run));
    co_await std::move(waiting);
    co_return outcome->take();
  }

  /// As `read`. What the job changed is on the disk, and told by the change feed, when this returns; where it throws
  /// anything but Unavailable, nothing was changed.
  template <class T>
  [[nodiscard]] net::Task<T> write(WriteJob<T> job) {
    const auto outcome = std::make_shared<Outcome<T>>();
    std::function<void(soci::session&, Changes&)> run = [outcome, job = std::move(job)](soci::session& sql,
                                                                                        Changes& changes) {
      outcome->keep([&] { return job(sql, changes); });
    };
    auto waiting = run_write(std::move(run));
    co_await std::move(waiting);
    co_return outcome->take();
  }

  /// As `write`, for what `bulk` makes of `item`; items that wait at the same time it is given together.
  template <class Kind>
  [[nodiscard]] net::Task<> write(std::shared_ptr<Kind> bulk, std::shared_ptr<typename Kind::Item> item) {
    return run_bulk(std::move(bulk), std::move(item));
  }

  /// Returns when the database has answered a read; throws Unavailable when it has not within half a second.
  [[nodiscard]] net::Task<> ping();

  /// Starts work that nobody waits for; it is dropped where the queue is full or the database away.
  void start_read(std::function<void(soci::session&)> job);
  void start_write(std::function<void(soci::session&, Changes&)> job);

  /// The same, and `done` is told how it ended, once, on any thread, perhaps before this returns: without an exception
  /// where what the job wrote is on the disk, otherwise as `write` throws, but not before that is certain, however long
  /// it takes. Must neither block nor throw.
  void start_write(std::function<void(soci::session&, Changes&)> job, std::function<void(std::exception_ptr)> done);

  [[nodiscard]] ChangeFeed& feed();
  [[nodiscard]] const base::Clock& clock() const;
  [[nodiscard]] const base::Log& log() const;
  [[nodiscard]] Counters counters() const;

  /// Calls `work` about once a minute on a thread of the database until the returned handle goes. For purges: it starts
  /// its statements with `start_write`.
  [[nodiscard]] std::shared_ptr<void> each_minute(std::function<void()> work);

  /// Takes no more jobs, finishes those it has within `close_limit` (the rest end as Unavailable), writes the WAL back
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
  [[nodiscard]] net::Task<> run_bulk(std::shared_ptr<Bulk> bulk, std::shared_ptr<void> item);

  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::database
