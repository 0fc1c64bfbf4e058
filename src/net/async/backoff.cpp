#include "net/async/backoff.hpp"

#include <algorithm>
#include <random>

namespace guildhall::net {

Backoff::Duration Backoff::next() {
  static thread_local std::minstd_rand random(std::random_device{}());
  return next(options_.jitter == 0 ? 0 : std::uniform_real_distribution<double>(0, 1)(random));
}

Backoff::Duration Backoff::next(double random) {
  using Real = std::chrono::duration<double, Duration::period>;
  const Real pause = std::min(pause_, options_.max);
  pause_ = std::chrono::round<Duration>(std::min<Real>(pause * options_.factor, options_.max));
  ++attempts_;
  return std::chrono::round<Duration>(pause * (1 - options_.jitter * (1 - random)));
}

void Backoff::reset() {
  pause_ = options_.first;
  attempts_ = 0;
}

}  // namespace guildhall::net
