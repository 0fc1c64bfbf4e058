#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <future>
#include <stdexcept>
#include <thread>
#include <utility>

#include "net/async/future.hpp"

namespace guildhall::test {

/// How long a test waits for something that has to happen.
constexpr std::chrono::seconds patience{30};

/// Asks every few milliseconds until the answer is yes; false when it never is.
template <class Question>
[[nodiscard]] bool eventually(Question question) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!question()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

/// Runs `task` on an event loop of its own and returns its result.
template <class T>
T run(net::Task<T> task) {
  boost::asio::io_context loop{1};
  auto outcome = net::start(loop.get_executor(), std::move(task));
  loop.run();
  return outcome.get();
}

/// An event loop on the test's own thread. It runs only while one of its functions waits.
class TestLoop {
 public:
  [[nodiscard]] net::Executor executor() { return context_.get_executor(); }

  /// Starts `task` without waiting for it.
  void spawn(net::Task<> task) { net::spawn(executor(), std::move(task)); }
  /// Starts `task`; `get` waits for its result.
  template <class T>
  [[nodiscard]] net::Future<T> start(net::Task<T> task) {
    return net::start(executor(), std::move(task));
  }
  /// The result of a task that was started. Throws when it takes too long.
  template <class T>
  T get(net::Future<T> future) {
    if (!until([&] { return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready; })) {
      throw std::runtime_error("The task does not end.");
    }
    return future.get();
  }
  /// Runs `task`, and meanwhile what else is on the loop, and returns its result.
  template <class T>
  T run(net::Task<T> task) {
    return get(start(std::move(task)));
  }

  /// Runs the loop until the answer is yes; false when it never is.
  template <class Question>
  [[nodiscard]] bool until(Question question) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!question()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      context_.restart();
      context_.run_one_for(std::chrono::milliseconds(5));
    }
    return true;
  }
  /// Runs what is ready to run.
  void poll() {
    context_.restart();
    context_.poll();
  }

 private:
  boost::asio::io_context context_{1};
};

}  // namespace guildhall::test
