#pragma once

#include "base/clock.hpp"
#include "sim/control/fault_plan.hpp"
#include "sim/control/request_journal.hpp"
#include "sim/oauth/oauth_grants.hpp"
#include "sim/rest/rate_limiter.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// All that changes while discord-sim runs. It belongs to the one event loop.
class Simulation {
 public:
  /// The clock outlives the simulation.
  Simulation(World start, const base::Clock& clock);

  World world;
  OAuthGrants grants;
  RateLimiter limiter;
  FaultPlan faults;
  RequestJournal journal;

  [[nodiscard]] const base::Clock& clock() const { return clock_; }
  /// An id that nothing in the world has, made as Discord makes them: from the time.
  [[nodiscard]] std::uint64_t new_snowflake();
  /// Back to the start: the world it was made with, no tokens, no faults, no requests, fresh rate limits.
  void reset();

 private:
  const base::Clock& clock_;
  World start_;
  std::uint64_t last_snowflake_ = 0;
};

}  // namespace guildhall::sim
