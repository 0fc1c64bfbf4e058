#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

#include "net/task.hpp"

namespace guildhall::net {

/// An object with one time limit that may change often.
class Deadline {
 public:
  using Time = std::chrono::steady_clock::time_point;

  virtual ~Deadline() = default;

  /// Called when the time has passed; the deadline is then no longer set.
  virtual void on_deadline(Time now) = 0;

 private:
  friend class DeadlineHeap;
  static constexpr std::size_t not_set = static_cast<std::size_t>(-1);
  std::size_t index_ = not_set;  ///< In the heap.
};

/// Deadlines ordered by time. Does not own them.
class DeadlineHeap {
 public:
  using Time = Deadline::Time;

  /// Sets or changes the time.
  void set(Deadline& deadline, Time time);
  /// A Deadline must be cleared before it is destroyed.
  void clear(Deadline& deadline);

  [[nodiscard]] bool empty() const { return entries_.empty(); }
  [[nodiscard]] Time first() const { return entries_.front().time; }

  /// Removes and returns the first deadline if its time has passed; otherwise null.
  [[nodiscard]] Deadline* take_due(Time now);

 private:
  struct Entry {
    Time time;
    Deadline* deadline = nullptr;
  };

  void put(std::size_t index, Entry entry);
  void move_up(std::size_t index);
  void move_down(std::size_t index);

  std::vector<Entry> entries_;  ///< A binary heap.
};

/// Many deadlines on one timer of an event loop, precise to a few milliseconds. Members are called on that loop; lives
/// in a shared_ptr.
class Deadlines : public std::enable_shared_from_this<Deadlines> {
 public:
  explicit Deadlines(const Executor& executor) : timer_(executor) {}

  void set(Deadline& deadline, Deadline::Time time);
  void clear(Deadline& deadline) { heap_.clear(deadline); }

 private:
  void arm(Deadline::Time time);
  void run();

  DeadlineHeap heap_;
  boost::asio::steady_timer timer_;
  Deadline::Time armed_ = Deadline::Time::max();
};

}  // namespace guildhall::net
