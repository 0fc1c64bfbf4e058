#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>

namespace guildhall::discord {

/// How often a connection may send: 120 payloads in any 60 seconds, or Discord closes it (Discord: Gateway, Rate
/// Limiting). Some are reserved for what cannot wait, such as heartbeats.
class SendLimiter {
 public:
  using Time = std::chrono::steady_clock::time_point;

  static constexpr std::size_t max_sends = 120;
  static constexpr std::chrono::seconds window{60};

  /// Reserves sends; at least one is left for the others.
  void reserve(std::size_t sends) { reserved_ = std::min(sends, max_sends - 1); }

  /// A payload was sent.
  void count(Time now) {
    sent_[next_] = now;
    next_ = (next_ + 1) % max_sends;
  }

  /// When a payload without reservation may be sent; not after `now`: at once.
  [[nodiscard]] Time ready_at() const {
    // When the payload sent `max_sends - reserved_` sends ago is a window old.
    const Time time = sent_[(next_ + reserved_) % max_sends];
    return time == Time{} ? Time::min() : time + window;
  }

  /// Whether any payload may be sent.
  [[nodiscard]] bool has_room(Time now) const { return sent_[next_] == Time{} || sent_[next_] + window <= now; }

 private:
  std::array<Time, max_sends> sent_{};  ///< A ring: when each of the last payloads was sent.
  std::size_t next_ = 0;
  std::size_t reserved_ = 0;
};

}  // namespace guildhall::discord
