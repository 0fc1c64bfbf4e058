#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace guildhall::base {

/// Wall-clock time with the precision that the API and the database keep: milliseconds, UTC.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

/// The source of the time, so that tests can set it. Any thread may call.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Timestamp now() const = 0;
  /// For measuring how long something takes or lasts; never goes back.
  [[nodiscard]] virtual std::chrono::steady_clock::time_point steady() const {
    return std::chrono::steady_clock::now();
  }
};

/// The system's clock.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

/// ISO 8601 as JavaScript's Date.toISOString: `2026-01-31T12:34:56.789Z`. Years from 0 to 9999.
[[nodiscard]] std::string to_iso8601(Timestamp time);

/// `2026-01-31 12:34:56.789`, UTC.
[[nodiscard]] std::string to_log_time(Timestamp time);

}  // namespace guildhall::base
