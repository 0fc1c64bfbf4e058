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
#include "sim/world/attachment_store.hpp"
#include "sim/world/interaction.hpp"
#include "sim/world/message_log.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// The state of discord-sim. Used on its one event loop only.
class Simulation {
 public:
  /// The clock outlives the simulation.
  Simulation(World start, const base::Clock& clock);
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  World world;
  MessageLog messages;
  AttachmentStore attachments;
  InteractionLog interactions;
  CommandRegistry commands;
  OAuthGrants grants;
  RateLimiter limiter;
  FaultPlan faults;
  RequestJournal journal;
  GatewayHub gateway;
  /// Must be notified of every change of the world or its messages.
  Feed feed;

  [[nodiscard]] const base::Clock& clock() const { return clock_; }
  /// A new snowflake, made from the time as Discord does.
  [[nodiscard]] std::uint64_t new_snowflake() { return new_snowflakes(1); }
  /// The first of `count` consecutive new snowflakes.
  [[nodiscard]] std::uint64_t new_snowflakes(std::uint64_t count);
  /// Restores the initial state: the initial world, no messages, tokens, faults or requests, fresh rate limits,
  /// and a gateway without connections.
  void reset();

 private:
  const base::Clock& clock_;
  World start_;
  std::uint64_t last_snowflake_ = 0;
};

}  // namespace guildhall::sim
