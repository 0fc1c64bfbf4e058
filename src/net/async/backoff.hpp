#pragma once

#include <chrono>

namespace guildhall::net {

/// The pauses between attempts: `first`, then `factor` times the last one, up to `max`.
class Backoff {
 public:
  using Duration = std::chrono::milliseconds;

  struct Options {
    Duration first;
    Duration max;
    double factor = 2;
    /// The part of a pause that is left to chance, from 0 to 1, so that not all who failed together try again together:
    /// with 0.5 a pause is between half and all of what it would be.
    double jitter = 0;
  };

  explicit Backoff(Options options) : options_(options), pause_(options.first) {}

  /// The pause before the next attempt.
  [[nodiscard]] Duration next();
  /// The same with the caller's random number, from 0 to 1.
  [[nodiscard]] Duration next(double random);
  /// After a success: the next pause is the first again.
  void reset();

  /// Pauses since the start or the last reset.
  [[nodiscard]] unsigned attempts() const { return attempts_; }

 private:
  Options options_;
  Duration pause_;
  unsigned attempts_ = 0;
};

}  // namespace guildhall::net
