#include "net/async/spawn.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/system/system_error.hpp>

#include "net/async/future.hpp"

namespace guildhall::net {

namespace asio = boost::asio;

void spawn(const Executor& executor, Task<> task, OnFailure on_failure) {
  asio::co_spawn(executor, std::move(task), [on_failure = std::move(on_failure)](std::exception_ptr failure) {
    if (failure && !is_cancellation(failure)) on_failure(failure);
  });
}

void spawn(const Executor& executor, Task<> task) { asio::co_spawn(executor, std::move(task), asio::detached); }

Task<> run_on(Executor executor, Task<> task) { return asio::co_spawn(executor, std::move(task), asio::use_awaitable); }

Future<void> start(const Executor& executor, Task<> task) {
  return Future<void>(asio::co_spawn(executor, std::move(task), asio::use_future));
}

Task<> sleep_for(std::chrono::steady_clock::duration time) {
  return sleep_until(std::chrono::steady_clock::now() + time);
}

Task<> sleep_until(std::chrono::steady_clock::time_point time) {
  const auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor, time);
  co_await timer.async_wait(asio::use_awaitable);
}

bool is_cancellation(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const boost::system::system_error& error) {
    return error.code() == asio::error::operation_aborted;
  } catch (...) {
    return false;
  }
}

}  // namespace guildhall::net
