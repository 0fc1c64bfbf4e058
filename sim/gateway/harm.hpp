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

/// What goes on going wrong with gateway connections until it is used up, over or cleared.
struct Harm {
  enum class Kind : std::uint8_t {
    ignore_heartbeats,   ///< They are not acknowledged.
    split_frames,        ///< Messages come in pieces of `bytes`, `delay` apart.
    delay,               ///< Whatever is sent waits first.
    refuse_connections,  ///< The upgrade is answered with `status`.
    silence,             ///< A connection is accepted and nothing is ever sent on it.
  };

  std::uint64_t id = 0;  ///< Given by the plan.
  Kind kind{};
  std::optional<unsigned> shard{};         ///< Only of this one; a connection before IDENTIFY or RESUME is of none.
  std::optional<unsigned> remaining{};     ///< How often still; without end where there is none.
  std::optional<base::Timestamp> until{};  ///< Over at this time.
  std::size_t bytes = 0;
  bool tcp = false;  ///< Split the bytes of whole frames, not messages into frames.
  std::chrono::milliseconds delay{0};
  unsigned status = 503;
};

/// The name of a kind in the control API: `ignoreHeartbeats`.
[[nodiscard]] std::string_view to_string(Harm::Kind kind);
[[nodiscard]] std::optional<Harm::Kind> parse_harm(std::string_view name);

/// The harms that are in force; where several of a kind fit, the oldest is met. Used by one thread at a time.
class HarmPlan {
 public:
  /// The clock outlives the plan.
  explicit HarmPlan(const base::Clock& clock) : clock_(&clock) {}

  /// Errc::too_large where 1000 are in force already.
  [[nodiscard]] base::Result<Harm> add(Harm harm);
  /// The harm that a connection of that shard meets now, counted down; nothing where there is none.
  [[nodiscard]] std::optional<Harm> take(Harm::Kind kind, std::optional<unsigned> shard);
  [[nodiscard]] const std::vector<Harm>& in_force();
  void clear() { harms_.clear(); }

 private:
  void forget_past();

  const base::Clock* clock_;
  std::vector<Harm> harms_;
  std::uint64_t last_id_ = 0;
};

}  // namespace guildhall::sim
