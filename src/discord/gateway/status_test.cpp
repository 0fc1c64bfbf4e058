#include "discord/gateway/status.hpp"

#include <gtest/gtest.h>

namespace guildhall::discord {
namespace {

using State = GatewayHealth::State;

TEST(GatewayMonitor, HealthFollowsTheShards) {
  GatewayMonitor monitor;
  EXPECT_EQ(monitor.health().state, State::starting);
  monitor.set_waiting_reason("GET /gateway/bot failed: no route.");
  EXPECT_EQ(monitor.health().reason, "GET /gateway/bot failed: no route.");
  monitor.begin(3);
  monitor.update(0, {ShardState::ready, {}});
  monitor.update(1, {ShardState::identifying, {}});
  monitor.update(2, {ShardState::ready, {}});
  EXPECT_EQ(monitor.health().state, State::starting);
  EXPECT_EQ(monitor.health().reason, "Shard 1 is identifying; 2 of 3 are ready.");
  monitor.update(1, {ShardState::ready, {}});
  EXPECT_EQ(monitor.health().state, State::ready);
  EXPECT_EQ(monitor.health().reason, "");
  monitor.update(2, {ShardState::resuming, {}});
  EXPECT_EQ(monitor.health().state, State::degraded);
}

TEST(GatewayMonitor, SaysWhyAShardWaits) {
  using namespace std::chrono_literals;
  GatewayMonitor monitor;
  monitor.begin(2);
  monitor.update(0, {ShardState::ready, {}});
  monitor.set_pause(1, "gateway.discord.gg: connection refused.", 5180ms);
  monitor.update(1, {ShardState::waiting, {}});
  EXPECT_EQ(monitor.health().reason,
            "Shard 1 is waiting; 1 of 2 are ready. Its last connection ended: gateway.discord.gg: connection refused. "
            "The next attempt follows after 5.2 s.");
  monitor.set_pause(1, "4009 Session timed out", 100ms);
  monitor.update(1, {ShardState::queued, {}});
  EXPECT_EQ(monitor.health().reason,
            "Shard 1 is queued; 1 of 2 are ready. Its last connection ended: 4009 Session timed out. "
            "Discord allows one new session per 5 seconds; it waits for its turn.");
  monitor.set_waiting_reason("Discord allows no more session starts for now.");
  EXPECT_EQ(monitor.health().reason,
            "Shard 1 is queued; 1 of 2 are ready. Its last connection ended: 4009 Session timed out. "
            "Discord allows no more session starts for now.");
  monitor.set_waiting_reason("");
  monitor.update(1, {ShardState::ready, {}});
  monitor.update(1, {ShardState::resuming, {}});
  EXPECT_EQ(monitor.health().reason, "Shard 1 is resuming; 1 of 2 are ready.");
}

TEST(GatewayMonitor, KeepsTheFirstRemedy) {
  GatewayMonitor monitor;
  monitor.begin(1);
  monitor.fail("Correct the token.");
  monitor.fail("Correct it.");
  monitor.update(0, {ShardState::failed, {}});
  EXPECT_EQ(monitor.health().state, State::failed);
  EXPECT_EQ(monitor.health().reason, "Correct the token.");
}

TEST(GatewayCounters, CountsABoundedNumberOfNames) {
  GatewayCounters counters;
  for (int i = 0; i < 1000; ++i) counters.count_dispatch("NAME_" + std::to_string(i));
  counters.count_dispatch("NAME_0");
  auto stats = counters.snapshot();
  EXPECT_EQ(stats.dispatches.size(), 129U);
  EXPECT_EQ(stats.dispatches["NAME_0"], 2U);
  EXPECT_EQ(stats.dispatches["other"], 872U);
}

}  // namespace

}  // namespace guildhall::discord
