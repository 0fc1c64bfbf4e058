#pragma once

#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

#include "net/task.hpp"

namespace guildhall::net {

/// The event loops of the process, one thread each. Loop 0, the home loop, runs everything that exists once: the
/// acceptor, the HTTP client, the application's timers.
class EventLoops {
 public:
  /// `count` is at least 1. Threads start with `run`.
  explicit EventLoops(std::size_t count);
  ~EventLoops();
  EventLoops(const EventLoops&) = delete;
  EventLoops& operator=(const EventLoops&) = delete;

  [[nodiscard]] std::size_t size() const { return loops_.size(); }
  [[nodiscard]] Executor executor(std::size_t index) const;
  [[nodiscard]] Executor home() const { return executor(0); }

  /// Runs loop 0 on the calling thread and the others on their own threads, until `stop`. An exception that leaves a
  /// handler is a bug and ends the program.
  void run();
  /// Ends `run` after the handlers that are running. Any thread may call it.
  void stop();

 private:
  struct Loop;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::vector<std::thread> threads_;
};

}  // namespace guildhall::net
