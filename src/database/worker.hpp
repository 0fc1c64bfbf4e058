#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "database/connection.hpp"
#include "database/job_queue.hpp"

namespace guildhall::database {

/// Runs read jobs one by one, each in a transaction, so that a job reads a snapshot.
class Reader {
 public:
  Reader(std::unique_ptr<Connection> connection, const Dialect& dialect, JobQueue& queue)
      : connection_(std::move(connection)), dialect_(dialect), queue_(queue) {}
  /// Returns when the queue is closed and empty.
  void run();

 private:
  void run_job(Job& job);

  std::unique_ptr<Connection> connection_;
  const Dialect& dialect_;
  JobQueue& queue_;
};

/// Runs the jobs that wait at one time as a group in one transaction, because a commit takes as long as the disk needs,
/// whatever is in it. Neighbours of one batch run with one call. If a job throws, the group is rolled back and runs
/// again with a savepoint for each job (two more round trips), so that only that job fails. If the commit fails, all
/// jobs do. If the transaction is lost before COMMIT, with the connection or to a deadlock, its jobs run again.
class Writer {
 public:
  Writer(std::unique_ptr<Connection> connection, const Dialect& dialect, JobQueue& queue, ChangeFeed& feed,
         Health& health, const base::Clock& clock, Tally& tally)
      : connection_(std::move(connection)),
        dialect_(dialect),
        queue_(queue),
        feed_(feed),
        health_(health),
        clock_(clock),
        tally_(tally) {}
  /// Returns when the queue is closed and empty.
  void run();

 private:
  using Jobs = std::span<const std::shared_ptr<Job>>;

  enum class Savepoints : std::uint8_t { none, each_job };

  struct Transaction {
    bool committing = false;  // COMMIT was sent, or is about to be
    bool aborted = false;     // rolled back because the last job threw
    std::vector<std::exception_ptr> outcomes;
    std::vector<ChangeFeed::Numbered> changed;
  };

  void run_group(Jobs jobs);
  [[nodiscard]] std::exception_ptr attempt(Jobs jobs, Savepoints savepoints, Transaction& transaction);
  void run_transaction(soci::session& sql, Jobs jobs, Savepoints savepoints, Transaction& transaction);
  [[nodiscard]] std::exception_ptr run_jobs(soci::session& sql, Jobs jobs, Savepoints savepoints, Changes& changes);

  std::unique_ptr<Connection> connection_;
  const Dialect& dialect_;
  JobQueue& queue_;
  ChangeFeed& feed_;
  Health& health_;
  const base::Clock& clock_;
  Tally& tally_;
};

}  // namespace guildhall::database
