#pragma once

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <exception>
#include <functional>
#include <list>
#include <utility>

#include "net/task.hpp"

namespace guildhall::net {

/// Background tasks that run until they end or are stopped. Lives on one executor, and only there may members be
/// called.
class TaskGroup {
 public:
  /// `on_failure` is told of an exception that ends a task, but not of its cancellation.
  TaskGroup(Executor executor, std::function<void(std::exception_ptr)> on_failure)
      : executor_(std::move(executor)), on_failure_(std::move(on_failure)), ended_(executor_) {}

  void spawn(Task<> task) {
    const auto place = signals_.emplace(signals_.end());
    auto done = [this, place](std::exception_ptr failure) {
      signals_.erase(place);
      if (failure && !stopping_) on_failure_(failure);
      if (signals_.empty()) ended_.cancel();
    };
    boost::asio::co_spawn(executor_, std::move(task),
                          boost::asio::bind_cancellation_slot(place->slot(), std::move(done)));
  }

  /// Cancels all tasks and waits until they have ended, but not longer than `limit`.
  [[nodiscard]] Task<> stop(std::chrono::milliseconds limit) {
    stopping_ = true;
    ended_.expires_after(limit);
    for (auto at = signals_.begin(); at != signals_.end();) (at++)->emit(boost::asio::cancellation_type::terminal);
    if (signals_.empty()) co_return;
    boost::system::error_code ignored;
    co_await ended_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
  }

 private:
  Executor executor_;
  std::function<void(std::exception_ptr)> on_failure_;
  std::list<boost::asio::cancellation_signal> signals_;
  boost::asio::steady_timer ended_;
  bool stopping_ = false;
};

}  // namespace guildhall::net
