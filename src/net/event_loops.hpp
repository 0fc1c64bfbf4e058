#pragma once

#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

#include "net/task.hpp"

namespace guildhall::net {

/// The event loops of the process, one thread each. Loop 0 is home to what exists once: the acceptor, the HTTP client,
/// timers of the application.
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

  /// Runs loop 0 on the calling thread and the others on threads of their own, until `stop`. An exception that a
  /// handler lets out of a loop ends the program: it is a bug.
  void run();
  /// Ends `run` once what is running has returned. Any thread may call it.
  void stop();

 private:
  struct Loop;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::vector<std::thread> threads_;
};

}  // namespace guildhall::net
