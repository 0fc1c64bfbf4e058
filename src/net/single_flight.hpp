#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>

#include "net/task.hpp"

namespace guildhall::net {

/// Runs at most one piece of work per key at a time: who asks for a key whose work is under way waits for it and gets
/// the same outcome, value or exception. Any thread may call; the work itself runs on the home executor, and goes on
/// though its callers be cancelled.
template <class Key, class T>
class SingleFlight {
 public:
  explicit SingleFlight(Executor home) : state_(std::make_shared<State>(State{std::move(home), {}})) {}

  /// `work` is called on the home executor, unless the key has work under way.
  [[nodiscard]] Task<T> run(Key key, std::function<Task<T>()> work) {
    // Not a member coroutine's `this`: the state may outlive us.
    const auto home = state_->home;
    co_return co_await boost::asio::co_spawn(home, join(state_, std::move(key), std::move(work)),
                                             boost::asio::use_awaitable);
  }

 private:
  struct Flight {
    explicit Flight(const Executor& executor) : landed(executor, boost::asio::steady_timer::time_point::max()) {}
    boost::asio::steady_timer landed;
    std::optional<T> value;
    std::exception_ptr error;
  };
  struct State {
    Executor home;
    std::unordered_map<Key, std::shared_ptr<Flight>> flights;
  };

  static Task<T> join(std::shared_ptr<State> state, Key key, std::function<Task<T>()> work) {
    auto flight = state->flights[key];
    if (!flight) {
      flight = state->flights[key] = std::make_shared<Flight>(state->home);
      boost::asio::co_spawn(state->home, fly(state, key, flight, std::move(work)), boost::asio::detached);
    }
    while (!flight->value && !flight->error) {
      boost::system::error_code ignored;
      co_await flight->landed.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    }
    if (flight->error) std::rethrow_exception(flight->error);
    co_return *flight->value;
  }

  static Task<> fly(std::shared_ptr<State> state, Key key, std::shared_ptr<Flight> flight,
                    std::function<Task<T>()> work) {
    try {
      flight->value.emplace(co_await work());
    } catch (...) {
      flight->error = std::current_exception();
    }
    state->flights.erase(key);
    flight->landed.cancel();
  }

  std::shared_ptr<State> state_;
};

}  // namespace guildhall::net
