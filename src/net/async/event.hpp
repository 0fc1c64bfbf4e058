#pragma once

#include <chrono>
#include <vector>

#include "net/task.hpp"

namespace guildhall::net {

/// Lets coroutines wait for something to happen. It stays set until it is reset. All members are called on the event
/// loop on which the coroutines wait; another thread posts to that loop.
class Event {
 public:
  using Clock = std::chrono::steady_clock;

  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  /// Waiting coroutines get operation_aborted.
  ~Event();

  /// Wakes all who wait; a reset that follows at once does not take that back.
  void set();
  void reset() { set_ = false; }
  [[nodiscard]] bool is_set() const { return set_; }

  /// Returns when the event is set, at once where it is. Throws operation_aborted when cancelled.
  [[nodiscard]] Task<> wait();
  /// The same with a limit; false when that came first.
  [[nodiscard]] Task<bool> wait_for(Clock::duration limit);
  [[nodiscard]] Task<bool> wait_until(Clock::time_point deadline);

 private:
  class Waiter;

  bool set_ = false;
  std::vector<Waiter*> waiters_;
};

}  // namespace guildhall::net
