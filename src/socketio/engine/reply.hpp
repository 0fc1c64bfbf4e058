#pragma once

#include <boost/asio/dispatch.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "net/http.hpp"
#include "net/task.hpp"

namespace guildhall::socketio::engine {

/// Where a request waits for a session on another event loop, perhaps, to answer it. The request may go first, with its
/// event loop even: its answer then finds nobody.
class Reply : public std::enable_shared_from_this<Reply> {
 public:
  /// `executor` is the request's.
  explicit Reply(net::Executor executor) : executor_(std::move(executor)) {}

  /// Once; any thread.
  void give(net::Response response) {
    const std::lock_guard lock(mutex_);
    if (!executor_) return;
    boost::asio::dispatch(*executor_, [self = shared_from_this(), response = std::move(response)]() mutable {
      self->response_ = std::move(response);
      if (self->timer_ != nullptr) self->timer_->cancel();
    });
  }

  /// On the request's event loop.
  [[nodiscard]] static net::Task<net::Response> wait(std::shared_ptr<Reply> reply) {
    boost::asio::steady_timer timer(*reply->executor_, boost::asio::steady_timer::time_point::max());
    const Leaving leaving(*reply);
    reply->timer_ = &timer;
    boost::system::error_code ignored;
    if (!reply->response_) co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    net::Response response = std::move(reply->response_).value_or(net::Response{});
    co_return response;
  }

 private:
  /// The request goes on, or goes.
  class Leaving {
   public:
    explicit Leaving(Reply& reply) : reply_(reply) {}
    ~Leaving() {
      const std::lock_guard lock(reply_.mutex_);
      reply_.executor_.reset();
      reply_.timer_ = nullptr;
    }
    Leaving(const Leaving&) = delete;
    Leaving& operator=(const Leaving&) = delete;

   private:
    Reply& reply_;
  };

  std::mutex mutex_;
  std::optional<net::Executor> executor_;
  boost::asio::steady_timer* timer_ = nullptr;  // this and what follows: only on the request's loop
  std::optional<net::Response> response_;
};

}  // namespace guildhall::socketio::engine
