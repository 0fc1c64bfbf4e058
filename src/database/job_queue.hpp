#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "database/bulk.hpp"
#include "database/change_feed.hpp"

namespace guildhall::database {

/// Work for a thread of the database.
struct Job {
  std::function<void(soci::session&, Changes&)> work;
  /// Where set, the job may also be done with its neighbours of the same bulk, by `bulk->write_all` with their items.
  std::shared_ptr<Bulk> bulk{};
  std::shared_ptr<void> item{};
  /// Told once how it ended: no exception where it succeeded. Called on any thread; must neither block nor throw.
  std::function<void(std::exception_ptr)> done;
  /// Nobody waits for it any more, so it need not start.
  std::atomic<bool> given_up{false};

  void finish(std::exception_ptr error) {
    if (done) std::exchange(done, nullptr)(std::move(error));
  }
};

/// Jobs that wait for a connection, first come first served. Any thread may call.
class JobQueue {
 public:
  explicit JobQueue(std::size_t limit) : limit_(limit) {}

  /// False where the queue is full or closed.
  [[nodiscard]] bool push(std::shared_ptr<Job> job);
  /// Waits for work and takes up to `most` jobs of it; empty once the queue is closed and all work is taken.
  [[nodiscard]] std::vector<std::shared_ptr<Job>> pop(std::size_t most);
  /// From here on no more jobs are taken; those that wait stay.
  void close();
  /// Takes all that wait away.
  [[nodiscard]] std::vector<std::shared_ptr<Job>> clear();

  [[nodiscard]] std::size_t size() const;

 private:
  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::shared_ptr<Job>> jobs_;
  bool closed_ = false;
};

}  // namespace guildhall::database
