#pragma once

#include <chrono>
#include <deque>
#include <mutex>
#include <optional>

#include "base/clock.hpp"

namespace guildhall::database {

/// The time that purges go by, so that a clock that is ahead for a while does not make them remove what is young. Any
/// thread may call.
class PurgeTime {
 public:
  /// A clock is believed after this time: one that was set forward, and that of a program that has just started,
  /// perhaps with the machine.
  static constexpr std::chrono::hours believed_after{24};
  /// How old the newest record from before that time may be, for a clock that need not settle.
  static constexpr std::chrono::hours longest_pause{72};

  /// `clock` outlives this.
  explicit PurgeTime(const base::Clock& clock) : clock_(clock), started_(clock.steady()) { look(started_); }

  /// The newest record in the database from more than `believed_after` ago was written at `time`. If that is not longer
  /// ago than `longest_pause`, the clock went on where it was, and need not settle. Newer records tell nothing, because
  /// a program that was started twice with a wrong clock wrote them itself.
  void saw(base::Timestamp time);

  /// Never later than any time that the clock has shown lately, plus what has passed since. Nothing while the clock has
  /// to settle. Looks at the clock, so it wants to be called at least once an hour.
  [[nodiscard]] std::optional<base::Timestamp> now();

 private:
  using Steady = std::chrono::steady_clock::time_point;

  /// How far the clock was ahead of the steady clock, at its least in a part of the time.
  struct Offset {
    Steady since;
    base::Timestamp::duration least;
  };

  void look(Steady steady);

  const base::Clock& clock_;
  const Steady started_;
  std::mutex mutex_;
  bool settled_ = false;
  std::deque<Offset> offsets_;  ///< Oldest first; each is an hour, or what is there of one.
};

}  // namespace guildhall::database
