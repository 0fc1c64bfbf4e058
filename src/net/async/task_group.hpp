#pragma once

#include <chrono>
#include <memory>

#include "net/async/spawn.hpp"
#include "net/task.hpp"

namespace guildhall::net {

/// Background tasks that run until they end or are stopped. Lives on one executor, and only there may members be
/// called. Tasks may outlive the group.
class TaskGroup {
 public:
  /// `on_failure` is called with an exception that ends a task, but not after `stop`.
  TaskGroup(Executor executor, OnFailure on_failure);

  /// Drops the task after `stop`.
  void spawn(Task<> task);
  [[nodiscard]] bool empty() const;

  /// Cancels all tasks and refuses new ones, then waits until they have ended, but not longer than `limit`: then it
  /// returns false.
  [[nodiscard]] Task<bool> stop(std::chrono::steady_clock::duration limit);

 private:
  struct State;

  static Task<bool> stop(std::shared_ptr<State> state, std::chrono::steady_clock::duration limit);

  std::shared_ptr<State> state_;
};

}  // namespace guildhall::net
