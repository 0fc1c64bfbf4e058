#pragma once

#include <boost/asio/post.hpp>
#include <cstddef>
#include <future>
#include <memory>
#include <thread>
#include <utility>

#include "net/async/future.hpp"
#include "net/event_loops.hpp"

namespace guildhall::test {

/// Event loops on threads of their own, which run until `stop` or the end of this.
class RunningLoops {
 public:
  explicit RunningLoops(std::size_t count = 1) : loops_(count), thread_([this] { loops_.run(); }) {}
  ~RunningLoops() { stop(); }
  RunningLoops(const RunningLoops&) = delete;
  RunningLoops& operator=(const RunningLoops&) = delete;

  void stop() {
    if (!thread_.joinable()) return;
    loops_.stop();
    thread_.join();
  }

  [[nodiscard]] net::EventLoops& loops() { return loops_; }
  [[nodiscard]] net::Executor home() const { return loops_.home(); }

  /// Runs `task` on loop 0 and waits for its result.
  template <class T>
  T run(net::Task<T> task) {
    return net::start(home(), std::move(task)).get();
  }
  /// Runs `action` on a loop and waits for what it returns.
  template <class Action>
  auto on(std::size_t loop, Action action) {
    const auto task = std::make_shared<std::packaged_task<decltype(action())()>>(std::move(action));
    auto result = task->get_future();
    boost::asio::post(loops_.executor(loop), [task] { (*task)(); });
    return result.get();
  }
  /// Waits until a loop has done what was ready, and what that posted.
  void settle(std::size_t loop) {
    // What a handler posts waits until the handler has returned, and may then be behind what is posted from here.
    for (int i = 0; i < 6; ++i) on(loop, [] {});
  }

 private:
  net::EventLoops loops_;
  std::thread thread_;
};

}  // namespace guildhall::test
