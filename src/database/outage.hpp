#pragma once

#include <chrono>
#include <mutex>

namespace guildhall::database {

/// While a server is away, lets one thread at a time try to reach it, so that the work of the others fails at once
/// instead of after a timeout. Any thread may call.
class Outage {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// From the end of an attempt to the next one.
  static constexpr std::chrono::milliseconds retry_interval{250};

  /// Whether the caller may try. If so, it calls `ended` or `failed` afterwards.
  [[nodiscard]] bool may_try(TimePoint now) {
    const std::lock_guard lock(mutex_);
    if (!away_) return true;
    if (trying_ || now < next_try_) return false;
    trying_ = true;
    return true;
  }

  void ended() {
    const std::lock_guard lock(mutex_);
    away_ = trying_ = false;
  }

  void failed(TimePoint now) {
    const std::lock_guard lock(mutex_);
    away_ = true;
    trying_ = false;
    next_try_ = now + retry_interval;
  }

 private:
  std::mutex mutex_;
  bool away_ = false;
  bool trying_ = false;
  TimePoint next_try_;
};

}  // namespace guildhall::database
