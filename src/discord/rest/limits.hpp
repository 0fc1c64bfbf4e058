#pragma once

#include <chrono>
#include <cstddef>
#include <deque>

#include "discord/rest/rate_limit_headers.hpp"

namespace guildhall::discord {

/// One rate limit of Discord's: how many requests are left, and when all of them are again. Requests in flight count as
/// used, because an answer that arrives meanwhile may not include them.
class Bucket {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// When one more request may be sent: `now` or earlier for at once, Time::max() if only the answer to a request in
  /// flight can tell.
  [[nodiscard]] Time ready_at(Time now);

  void on_sent() { ++in_flight_; }
  void on_ended() { --in_flight_; }
  /// A request ended without headers that tell how many are left.
  void spend() { remaining_ -= remaining_ > 0 ? 1 : 0; }

  void update(const BucketHeaders& headers, Time now);
  /// Answers without headers: there is no limit.
  void set_unlimited() { kind_ = Kind::unlimited; }
  /// After a 429.
  void block(Time until);

  /// Whether forgetting the bucket could not cause a request too many.
  [[nodiscard]] bool idle(Time now) const { return in_flight_ == 0 && blocked_until_ <= now && reset_at_ <= now; }

 private:
  enum class Kind : std::uint8_t { unknown, limited, unlimited };

  Kind kind_ = Kind::unknown;
  unsigned in_flight_ = 0;
  unsigned limit_ = 1;
  unsigned remaining_ = 1;
  Time reset_at_{};                      ///< In the past: the next request starts a window.
  std::chrono::milliseconds window_{0};  ///< BucketHeaders::reset of the current window.
  Time blocked_until_{};
};

/// The global limit: at most `limit` requests within any stretch of time as long as `window`.
class GlobalLimit {
 public:
  using Time = std::chrono::steady_clock::time_point;

  GlobalLimit(std::size_t limit, std::chrono::milliseconds window) : limit_(limit), window_(window) {}

  /// When one more request may be sent; `now` or earlier for at once.
  [[nodiscard]] Time ready_at(Time now) {
    while (!sent_.empty() && sent_.front() + window_ <= now) sent_.pop_front();
    return sent_.size() < limit_ ? now : sent_.front() + window_;
  }
  void on_sent(Time now) { sent_.push_back(now); }

 private:
  std::size_t limit_;
  std::chrono::milliseconds window_;
  std::deque<Time> sent_;
};

/// Counts invalid requests, so that we slow down and stop by ourselves: at 10,000 within ten minutes Discord bans the
/// address (Discord: topics/rate-limits, Invalid Request Limit).
class InvalidRequestLimit {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Duration = std::chrono::steady_clock::duration;

  static constexpr std::chrono::minutes window{10};
  static constexpr std::size_t slow_from = 500;
  static constexpr std::size_t stop_at = 5000;
  static constexpr std::size_t resume_below = 4500;

  void record(Time now);

  /// Invalid requests within the last ten minutes, give or take a second.
  [[nodiscard]] std::size_t count(Time now);

  /// The pause between requests: none below `slow_from`, then growing, so that requests sent one after the other never
  /// reach `stop_at`, even if all fail.
  [[nodiscard]] Duration pause(Time now);

  /// Whether no request may be sent: from `stop_at` until fewer than `resume_below` are left.
  [[nodiscard]] bool stopped(Time now);

  /// When `stopped` ends.
  [[nodiscard]] Time resumes_at() const;

 private:
  struct Second {
    Time start;
    std::size_t count = 0;
  };

  std::deque<Second> seconds_;
  std::size_t count_ = 0;
  bool stopped_ = false;
};

}  // namespace guildhall::discord
