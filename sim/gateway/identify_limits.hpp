#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <unordered_map>

#include "base/clock.hpp"
#include "sim/gateway/settings.hpp"

namespace guildhall::sim {

/// Discord's limits on IDENTIFY (Gateway: "Session Start Limit Object", "Rate Limits", "Max Concurrency"). Used by one
/// thread at a time.
class IdentifyLimits {
 public:
  enum class Decision : std::uint8_t {
    go,
    too_fast,   ///< Over max_concurrency.
    exhausted,  ///< No session starts are left.
  };

  /// Both outlive the limits.
  IdentifyLimits(const GatewaySettings& settings, const base::Clock& clock) : settings_(settings), clock_(clock) {}
  IdentifyLimits(const IdentifyLimits&) = delete;
  IdentifyLimits& operator=(const IdentifyLimits&) = delete;

  /// Decides about an IDENTIFY of that shard, and counts it if it is accepted.
  [[nodiscard]] Decision take(unsigned shard);

  [[nodiscard]] unsigned remaining() const;
  /// Time until all session starts are available again; zero if none was used.
  [[nodiscard]] std::chrono::milliseconds reset_after() const;
  void reset();
  /// Sets how many are left, and optionally for how long.
  void set_remaining(unsigned remaining, std::optional<std::chrono::milliseconds> reset_after);

 private:
  const GatewaySettings& settings_;
  const base::Clock& clock_;
  unsigned used_ = 0;
  base::Timestamp resets_at_{};
  std::unordered_map<unsigned, base::Timestamp>
      last_;  ///< The last IDENTIFY of each rate limit key (shard id modulo max_concurrency).
};

}  // namespace guildhall::sim
