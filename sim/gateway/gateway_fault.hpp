#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace guildhall::sim {

/// A misbehaviour of gateway connections until it is used up, has expired or is cleared.
struct GatewayFault {
  enum class Kind : std::uint8_t {
    ignore_heartbeats,   ///< Heartbeats are not acknowledged.
    split_frames,        ///< Messages are sent in pieces of `bytes`, `delay` apart.
    delay,               ///< Payloads are sent after `delay`.
    refuse_connections,  ///< The upgrade is answered with `status`.
    silence,             ///< A connection is accepted and nothing is ever sent on it.
  };

  std::uint64_t id = 0;  ///< Set by the plan.
  Kind kind{};
  std::optional<unsigned> shard{};         ///< Only this shard; a connection before IDENTIFY or RESUME has none.
  std::optional<unsigned> remaining{};     ///< Number of times left; unlimited if not set.
  std::optional<base::Timestamp> until{};  ///< Over at this time.
  std::size_t bytes = 0;
  bool tcp = false;  ///< Split the bytes of whole frames, not messages into frames.
  std::chrono::milliseconds delay{0};
  unsigned status = 503;
};

/// The name of a kind in the control API: `ignoreHeartbeats`.
[[nodiscard]] std::string_view to_string(GatewayFault::Kind kind);
[[nodiscard]] std::optional<GatewayFault::Kind> parse_gateway_fault(std::string_view name);

/// The fault that are in force; where several of a kind fit, the oldest is met. Used by one thread at a time.
class GatewayFaultPlan {
 public:
  /// The clock outlives the plan.
  explicit GatewayFaultPlan(const base::Clock& clock) : clock_(&clock) {}

  /// Errc::too_large if 1000 are in force already.
  [[nodiscard]] base::Result<GatewayFault> add(GatewayFault fault);
  /// The fault that a connection of that shard meets now, counted down; nothing if there is none.
  [[nodiscard]] std::optional<GatewayFault> take(GatewayFault::Kind kind, std::optional<unsigned> shard);
  [[nodiscard]] const std::vector<GatewayFault>& in_force();
  void clear() { faults_.clear(); }

 private:
  void forget_past();

  const base::Clock* clock_;
  std::vector<GatewayFault> faults_;
  std::uint64_t last_id_ = 0;
};

}  // namespace guildhall::sim
