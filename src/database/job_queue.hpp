#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "database/database.hpp"

namespace guildhall::database {

/// Work for a thread of the database.
struct Job {
  std::function<void(soci::session&, Changes&)> work{};
  /// If set, the job is an item of a batch: `batch` may also get it together with its neighbours of the same batch.
  std::shared_ptr<const BatchWork> batch{};
  std::shared_ptr<void> item{};
  WriteDone done{};
  std::atomic<bool> given_up{false};  ///< Nobody waits for it any more, so it need not start.

  void finish(std::exception_ptr error) {
    if (done) std::exchange(done, nullptr)(std::move(error));
  }
};

/// Jobs that wait for a connection, first come first served. Any thread may call.
class JobQueue {
 public:
  explicit JobQueue(std::size_t limit) : limit_(limit) {}

  /// False if the queue is full or closed.
  [[nodiscard]] bool push(std::shared_ptr<Job> job);
  /// Waits for work and takes up to `max` jobs; empty once the queue is closed and all jobs are taken.
  [[nodiscard]] std::vector<std::shared_ptr<Job>> pop(std::size_t max);
  /// Refuses jobs from now on. Those in the queue stay.
  void close();
  /// Removes all jobs.
  [[nodiscard]] std::vector<std::shared_ptr<Job>> clear();

  [[nodiscard]] std::size_t size() const;

 private:
  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::shared_ptr<Job>> jobs_;
  bool closed_ = false;
};

/// Counts that any thread may change.
struct Tally {
  std::atomic<std::uint64_t> reads{0};
  std::atomic<std::uint64_t> writes{0};
  std::atomic<std::uint64_t> commits{0};
  std::atomic<std::uint64_t> failed_commits{0};
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::uint64_t> given_up{0};
  std::atomic<std::uint64_t> feed_polls{0};
  std::atomic<std::uint64_t> feed_failures{0};
};

/// Queues `job` and waits on the caller's event loop until it has run. Throws what the job threw, Unavailable if the
/// queue refuses it or `limit` passes. Arguments outlive the task.
[[nodiscard]] net::Task<> run_job(JobQueue& queue, std::shared_ptr<Job> job, std::chrono::milliseconds limit,
                                  Tally& tally);

/// The error of a job that a queue refused.
[[nodiscard]] std::exception_ptr queue_refuses();

}  // namespace guildhall::database
