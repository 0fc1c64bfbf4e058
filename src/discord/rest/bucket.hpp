#pragma once

#include <chrono>
#include <cstdint>

#include "discord/rest/rate_news.hpp"

namespace guildhall::discord {

/// What is known of one rate limit: how many requests it has left, and when it has all of them again. Requests on their
/// way count as used, since nobody knows whether an answer that came meanwhile has counted them.
class Bucket {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// The time from which one more request may go: `now` or earlier for at once, Time::max() where only an answer to a
  /// request on its way can tell.
  [[nodiscard]] Time ready_at(Time now);

  /// A request went out, and ended.
  void started() { ++in_flight_; }
  void ended() { --in_flight_; }
  /// Nobody told what is left after a request that ended.
  void spend() { remaining_ -= remaining_ > 0 ? 1 : 0; }

  /// An answer told the state.
  void learn(const BucketReport& report, Time now);
  /// Answers tell that there is no limit.
  void lift() { kind_ = Kind::unlimited; }
  /// A 429 forbids requests until then.
  void block(Time until);

  /// Whether forgetting all of this could not lead to one request too many.
  [[nodiscard]] bool idle(Time now) const;

 private:
  enum class Kind : std::uint8_t { unknown, limited, unlimited };

  Kind kind_ = Kind::unknown;
  unsigned in_flight_ = 0;
  unsigned limit_ = 1;
  unsigned remaining_ = 1;
  Time reset_at_{};                      ///< In the past: the next request opens a window.
  std::chrono::milliseconds window_{0};  ///< BucketReport::reset of the window that is open.
  Time blocked_until_{};
};

}  // namespace guildhall::discord
