#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

#include "net/task.hpp"

namespace guildhall::net {

/// Something that has one time limit, which may be moved often.
class Deadline {
 public:
  using Time = std::chrono::steady_clock::time_point;

  virtual ~Deadline() = default;

  /// The time has come, and is no longer set.
  virtual void on_deadline(Time now) = 0;

 private:
  friend class DeadlineHeap;
  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
  std::size_t place_ = nowhere;
};

/// Time limits in the order in which they come. Does not own what they belong to.
class DeadlineHeap {
 public:
  using Time = Deadline::Time;

  /// Sets the time, or moves it.
  void set(Deadline& deadline, Time time);
  /// Whoever has a time set clears it before it goes away.
  void clear(Deadline& deadline);

  [[nodiscard]] bool empty() const { return entries_.empty(); }
  [[nodiscard]] Time first() const { return entries_.front().time; }

  /// Takes the first one off if its time has come.
  [[nodiscard]] Deadline* take_due(Time now);

 private:
  struct Entry {
    Time time;
    Deadline* deadline = nullptr;
  };

  void put(std::size_t place, Entry entry);
  void move_up(std::size_t place);
  void move_down(std::size_t place);

  std::vector<Entry> entries_;  ///< A binary heap.
};

/// Many time limits on one timer of an event loop, kept to a few milliseconds. Members are called on that loop; lives
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
