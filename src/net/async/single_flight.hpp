#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>

#include "net/async/event.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::net {

/// Runs at most one piece of work per key at a time: a caller whose key has work in flight waits for that and gets the
/// same outcome, value or exception. Any thread may call; the work itself runs on the home executor, and goes on when
/// its callers are cancelled.
template <class Key, class T>
class SingleFlight {
 public:
  explicit SingleFlight(Executor home) : state_(std::make_shared<State>(State{std::move(home), {}})) {}

  /// `work` is called on the home executor, unless the key has work in flight.
  [[nodiscard]] Task<T> run(Key key, std::function<Task<T>()> work) {
    return run_on(state_->home, join(state_, std::move(key), std::move(work)));
  }

 private:
  struct Flight {
    Event ended;
    std::optional<T> value;
    std::exception_ptr error;
  };
  struct State {
    Executor home;
    std::unordered_map<Key, std::shared_ptr<Flight>> flights;
  };

  // These take the state, since it may outlive the SingleFlight.
  static Task<T> join(std::shared_ptr<State> state, Key key, std::function<Task<T>()> work) {
    auto flight = state->flights[key];
    if (!flight) {
      flight = state->flights[key] = std::make_shared<Flight>();
      spawn(state->home, perform(state, key, flight, std::move(work)));
    }
    co_await flight->ended.wait();
    if (flight->error) std::rethrow_exception(flight->error);
    co_return *flight->value;
  }

  static Task<> perform(std::shared_ptr<State> state, Key key, std::shared_ptr<Flight> flight,
                        std::function<Task<T>()> work) {
    try {
      flight->value.emplace(co_await work());
    } catch (...) {
      flight->error = std::current_exception();
    }
    state->flights.erase(key);
    flight->ended.set();
  }

  std::shared_ptr<State> state_;
};

}  // namespace guildhall::net
