#include "net/async/event.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace guildhall::net {

namespace asio = boost::asio;

/// One coroutine that waits. It lives in that coroutine, which may be destroyed before or after the event.
class Event::Waiter {
 public:
  Waiter(Event& event, const Executor& executor, Clock::time_point deadline)
      : event_(&event), timer_(executor, deadline) {
    event.waiters_.push_back(this);
  }
  ~Waiter() {
    if (event_ != nullptr) std::erase(event_->waiters_, this);
  }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  void wake(bool by_set) {
    event_ = nullptr;
    woken_ = by_set;
    timer_.cancel();
  }

  Task<bool> wait() {
    boost::system::error_code error;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, error));
    if (!woken_ && error) throw boost::system::system_error(error);
    co_return woken_;
  }

 private:
  Event* event_;
  asio::steady_timer timer_;
  bool woken_ = false;
};

Event::~Event() {
  for (Waiter* waiter : std::exchange(waiters_, {})) waiter->wake(false);
}

void Event::set() {
  set_ = true;
  for (Waiter* waiter : std::exchange(waiters_, {})) waiter->wake(true);
}

Task<> Event::wait() { co_await wait_until(Clock::time_point::max()); }

Task<bool> Event::wait_for(Clock::duration limit) {
  const auto now = Clock::now();
  return wait_until(limit < Clock::time_point::max() - now ? now + limit : Clock::time_point::max());
}

Task<bool> Event::wait_until(Clock::time_point deadline) {
  if (set_) co_return true;
  const auto executor = co_await asio::this_coro::executor;
  Waiter waiter(*this, executor, deadline);
  co_return co_await waiter.wait();
}

}  // namespace guildhall::net
