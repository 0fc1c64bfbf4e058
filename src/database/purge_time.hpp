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
  /// A clock that was set forward is believed after this time,
  static constexpr std::chrono::hours believed_after{24};
  /// and the clock of a program that has just started, perhaps with the machine, after this one.
  static constexpr std::chrono::hours settles_in{1};

  /// `clock` outlives this.
  explicit PurgeTime(const base::Clock& clock) : clock_(clock), started_(clock.steady()) { look(started_); }

  /// The database has something that was written at `time`: a clock that is less than `believed_after` past that has
  /// not jumped while the program did not run, and need not settle.
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
