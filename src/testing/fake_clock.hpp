#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "base/clock.hpp"

namespace guildhall::test {

/// A clock that stands still until the test moves it. Any thread may use it.
class FakeClock final : public base::Clock {
 public:
  explicit FakeClock(base::Timestamp start = base::Timestamp{std::chrono::milliseconds{1'769'862'896'789}})
      : now_(start.time_since_epoch().count()) {}  // 2026-01-31 12:34:56.789

  [[nodiscard]] base::Timestamp now() const override { return base::Timestamp{std::chrono::milliseconds{now_}}; }
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::time_point{std::chrono::milliseconds{now_}};
  }
  void advance(std::chrono::milliseconds by) { now_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_;
};

}  // namespace guildhall::test
