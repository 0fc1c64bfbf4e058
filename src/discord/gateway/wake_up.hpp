#pragma once

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <utility>

#include "net/task.hpp"

namespace guildhall::discord {

/// Lets one coroutine sleep until a time or until it is called, on one event loop. A call while it is awake ends its
/// next sleep at once.
class WakeUp {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit WakeUp(const net::Executor& executor) : timer_(executor) {}

  [[nodiscard]] net::Task<> sleep_until(Time time) {
    if (!called_) {
      boost::system::error_code ignored;
      timer_.expires_at(time);
      co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    }
    called_ = false;
  }

  void call() {
    called_ = true;
    timer_.cancel();
  }

 private:
  boost::asio::steady_timer timer_;
  bool called_ = false;
};

}  // namespace guildhall::discord
