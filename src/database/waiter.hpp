#pragma once

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "database/job_queue.hpp"
#include "net/task.hpp"

namespace guildhall::database {

/// Where a coroutine waits for its job. The coroutine may go first, with its event loop even: the thread that runs the
/// job then finds nobody here.
class Waiter : public std::enable_shared_from_this<Waiter> {
 public:
  Waiter(const net::Executor& executor, boost::asio::steady_timer& timer) : executor_(executor), timer_(&timer) {}

  /// The job has ended. Any thread.
  void tell(std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    if (!executor_) return;
    boost::asio::post(*executor_, [self = shared_from_this(), error = std::move(error)]() mutable {
      self->finished_ = true;
      self->error_ = std::move(error);
      if (self->timer_ != nullptr) self->timer_->cancel();
    });
  }

  /// The coroutine goes on, or goes.
  void leave() {
    const std::lock_guard lock(mutex_);
    executor_.reset();
    timer_ = nullptr;
  }

  [[nodiscard]] bool finished() const { return finished_; }
  [[nodiscard]] std::exception_ptr take_error() { return std::exchange(error_, nullptr); }

 private:
  std::mutex mutex_;
  std::optional<net::Executor> executor_;
  boost::asio::steady_timer* timer_;  // this and what follows: only on the executor
  bool finished_ = false;
  std::exception_ptr error_;
};

/// The coroutine's side of a job.
class Waiting {
 public:
  Waiting(std::shared_ptr<Job> job, std::shared_ptr<Waiter> waiter)
      : job_(std::move(job)), waiter_(std::move(waiter)) {}
  ~Waiting() {
    if (!waiter_->finished()) job_->given_up = true;
    waiter_->leave();
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  std::shared_ptr<Job> job_;
  std::shared_ptr<Waiter> waiter_;
};

}  // namespace guildhall::database
