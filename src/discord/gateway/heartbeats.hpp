#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

namespace guildhall::discord {

/// When a connection's heartbeats are due and whether they are acknowledged (Discord: Gateway, Sending Heartbeats).
class Heartbeats {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Duration = std::chrono::milliseconds;

  static constexpr Time never = Time::max();
  /// Discord's interval is 41.25 s; a much shorter one would make us send without end.
  static constexpr Duration min_interval{100};

  /// After Hello. `jitter`, at least 0 and less than 1: the part of the interval before the first heartbeat.
  void begin(Duration interval, double jitter, Time now) {
    interval_ = std::max(interval, min_interval);
    next_ = now + Duration(static_cast<Duration::rep>(static_cast<double>(interval_.count()) * jitter));
    first_unacknowledged_.reset();
  }
  /// After the end of the connection.
  void end() {
    next_ = never;
    first_unacknowledged_.reset();
    latency_.reset();
  }

  /// After a heartbeat was sent, whether scheduled or requested by opcode 1.
  void on_sent(Time now) {
    if (!first_unacknowledged_) first_unacknowledged_ = now;
    next_ = now + interval_;
  }
  void on_acknowledged(Time now) {
    if (!first_unacknowledged_) return;
    latency_ = std::chrono::duration_cast<Duration>(now - *first_unacknowledged_);
    first_unacknowledged_.reset();
  }

  /// When to send the next one; `never` without a connection.
  [[nodiscard]] Time next() const { return next_; }
  /// When the connection counts as dead.
  [[nodiscard]] Time dead_at() const { return first_unacknowledged_ ? *first_unacknowledged_ + interval_ : never; }
  [[nodiscard]] Duration interval() const { return interval_; }
  /// From the last acknowledged heartbeat to its acknowledgement.
  [[nodiscard]] std::optional<Duration> latency() const { return latency_; }

 private:
  Duration interval_{min_interval};
  Time next_ = never;
  std::optional<Time> first_unacknowledged_;
  std::optional<Duration> latency_;
};

}  // namespace guildhall::discord
