#pragma once

#include <cstdint>

#include "base/clock.hpp"
#include "sim/control/fault_plan.hpp"
#include "sim/control/request_journal.hpp"
#include "sim/gateway/feed.hpp"
#include "sim/gateway/hub.hpp"
#include "sim/interactions/application_command.hpp"
#include "sim/oauth/oauth_grants.hpp"
#include "sim/rest/rate_limiter.hpp"
#include "sim/world/interaction.hpp"
#include "sim/world/message_log.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// All that changes while discord-sim runs. It belongs to the one event loop.
class Simulation {
 public:
  /// The clock outlives the simulation.
  Simulation(World start, const base::Clock& clock);
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  World world;
  MessageLog messages;
  InteractionLog interactions;
  CommandRegistry commands;
  OAuthGrants grants;
  RateLimiter limiter;
  FaultPlan faults;
  RequestJournal journal;
  GatewayHub gateway;
  /// Whoever changes the world or its messages tells it.
  Feed feed;

  std::uint16_t tls_port = 0;  ///< Where TLS is spoken; 0 where it is not.

  [[nodiscard]] const base::Clock& clock() const { return clock_; }
  /// An id that nothing in the world has, made as Discord makes them: from the time.
  [[nodiscard]] std::uint64_t new_snowflake() { return new_snowflakes(1); }
  /// The first of `count` such ids that follow one another.
  [[nodiscard]] std::uint64_t new_snowflakes(std::uint64_t count);
  /// Back to the start: the world it was made with, no messages, no tokens, no faults, no requests, fresh rate limits,
  /// a gateway to which nobody is connected.
  void reset();

 private:
  const base::Clock& clock_;
  World start_;
  std::uint64_t last_snowflake_ = 0;
};

}  // namespace guildhall::sim
