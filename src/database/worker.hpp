#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <memory>
#include <vector>

#include "base/clock.hpp"
#include "database/connection.hpp"
#include "database/job_queue.hpp"

namespace guildhall::database {

/// Counts that any thread may read.
struct CommitTally {
  std::atomic<std::uint64_t> commits{0};
  std::atomic<std::uint64_t> failed_commits{0};
};

/// Runs read jobs one by one, each in a transaction, so that all it reads is of one moment.
class Reader {
 public:
  Reader(std::unique_ptr<Connection> connection, const Dialect& dialect, JobQueue& queue);
  /// Until the queue is closed and empty.
  void run();

 private:
  void run_job(Job& job);

  std::unique_ptr<Connection> connection_;
  const Dialect& dialect_;
  JobQueue& queue_;
};

/// Runs the jobs that wait at one time in one transaction: a commit takes as long as the disk needs, however much is in
/// it. Neighbours of one bulk are done with one call. A job that throws is undone and fails alone: all are undone then,
/// and run again, each in a savepoint of its own, which to a server are two more ways there and back. When the commit
/// fails, all do. Where the transaction is lost before it was to commit, with the connection or to a deadlock, its jobs
/// run again.
class Writer {
 public:
  Writer(std::unique_ptr<Connection> connection, const Dialect& dialect, JobQueue& queue, ChangeFeed& feed,
         const base::Clock& clock, CommitTally& tally);
  /// Until the queue is closed and empty.
  void run();

 private:
  using Jobs = std::vector<std::shared_ptr<Job>>;
  using Work = std::function<void(soci::session&, Changes&)>;

  /// Whether each job has a savepoint.
  enum class Apart : std::uint8_t { no, yes };

  struct Transaction {
    bool committing = false;  // COMMIT was sent, or is about to be
    bool spoilt = false;      // undone, since the last job that ran threw
    std::vector<std::exception_ptr> outcomes;
    std::vector<ChangeFeed::Numbered> changed;
  };

  void run_group(const Jobs& jobs);
  [[nodiscard]] std::exception_ptr attempt(const Jobs& jobs, Apart apart, Transaction& transaction);
  void run_transaction(soci::session& sql, const Jobs& jobs, Apart apart, Transaction& transaction);
  [[nodiscard]] std::exception_ptr run_work(soci::session& sql, const Work& work, Changes& changes);
  [[nodiscard]] std::exception_ptr run_in_savepoint(soci::session& sql, const Work& work, Changes& changes);

  std::unique_ptr<Connection> connection_;
  const Dialect& dialect_;
  JobQueue& queue_;
  ChangeFeed& feed_;
  const base::Clock& clock_;
  CommitTally& tally_;
};

}  // namespace guildhall::database
