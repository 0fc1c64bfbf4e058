#pragma once

#include <chrono>
#include <cstddef>
#include <deque>

namespace guildhall::discord {

/// At most so many requests in any stretch of time of a length.
class GlobalWindow {
 public:
  using Time = std::chrono::steady_clock::time_point;

  GlobalWindow(std::size_t limit, std::chrono::milliseconds length) : limit_(limit), length_(length) {}

  /// The time from which one more request may go; `now` or earlier for at once.
  [[nodiscard]] Time ready_at(Time now) {
    while (!sent_.empty() && sent_.front() + length_ <= now) sent_.pop_front();
    return sent_.size() < limit_ ? now : sent_.front() + length_;
  }

  void add(Time now) { sent_.push_back(now); }

 private:
  std::size_t limit_;
  std::chrono::milliseconds length_;
  std::deque<Time> sent_;
};

}  // namespace guildhall::discord
