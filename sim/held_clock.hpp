#pragma once

#include "base/clock.hpp"

namespace guildhall::sim {

/// A clock for tests: it stands still until it is told to go on.
class HeldClock final : public base::Clock {
 public:
  [[nodiscard]] base::Timestamp now() const override { return now_; }
  void advance(std::chrono::milliseconds time) { now_ += time; }

 private:
  base::Timestamp now_{std::chrono::milliseconds(1'700'000'000'000)};
};

}  // namespace guildhall::sim
