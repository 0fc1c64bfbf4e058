#include "vm/run_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace guildhall::vm {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

constexpr base::GuildId busy{1};
constexpr base::GuildId quiet{2};
constexpr base::GuildId third{3};
constexpr RunQueue::Time now{1000h};

std::vector<std::uint64_t> take_all(RunQueue& queue) {
  std::vector<std::uint64_t> taken;
  while (const auto number = queue.take(now)) taken.push_back(*number);
  return taken;
}

TEST(RunQueueTest, LimitsHowManyRunAtATime) {
  RunQueue queue(
      {.max_running = 3, .max_running_per_guild = 2, .max_waiting = 10, .max_waiting_per_guild = 10, .max_wait = 2s});
  for (std::uint64_t number = 1; number <= 4; ++number) ASSERT_TRUE(queue.enter(number, busy, now));
  EXPECT_THAT(take_all(queue), ElementsAre(1, 2)) << "two of one guild";
  for (std::uint64_t number = 5; number <= 6; ++number) ASSERT_TRUE(queue.enter(number, quiet, now));
  EXPECT_THAT(take_all(queue), ElementsAre(5)) << "three in all";
  EXPECT_EQ(queue.running(), 3U);
  EXPECT_EQ(queue.waiting(), 3U);
  queue.leave(1, now);
  EXPECT_THAT(take_all(queue), ElementsAre(3));
}

TEST(RunQueueTest, GuildsTakeTurns) {
  RunQueue queue(
      {.max_running = 1, .max_running_per_guild = 1, .max_waiting = 20, .max_waiting_per_guild = 20, .max_wait = 2s});
  for (std::uint64_t number = 1; number <= 4; ++number) ASSERT_TRUE(queue.enter(number, busy, now));
  for (std::uint64_t number = 5; number <= 6; ++number) ASSERT_TRUE(queue.enter(number, quiet, now));
  ASSERT_TRUE(queue.enter(7, third, now));
  std::vector<std::uint64_t> order;
  while (const auto number = queue.take(now)) {
    order.push_back(*number);
    queue.leave(*number, now);
  }
  EXPECT_THAT(order, ElementsAre(1, 5, 7, 2, 6, 3, 4));
}

TEST(RunQueueTest, AGuildAtItsLimitKeepsItsTurn) {
  RunQueue queue(
      {.max_running = 2, .max_running_per_guild = 1, .max_waiting = 20, .max_waiting_per_guild = 20, .max_wait = 2s});
  ASSERT_TRUE(queue.enter(1, busy, now));
  ASSERT_TRUE(queue.enter(2, busy, now));
  EXPECT_THAT(take_all(queue), ElementsAre(1));
  ASSERT_TRUE(queue.enter(3, quiet, now));
  ASSERT_TRUE(queue.enter(4, third, now));
  EXPECT_THAT(take_all(queue), ElementsAre(3));
  queue.leave(1, now);
  EXPECT_THAT(take_all(queue), ElementsAre(2)) << "it came before the third guild";
}

TEST(RunQueueTest, RefusesRunsWhenTheQueueIsFull) {
  RunQueue queue(
      {.max_running = 1, .max_running_per_guild = 1, .max_waiting = 3, .max_waiting_per_guild = 2, .max_wait = 2s});
  ASSERT_TRUE(queue.enter(1, busy, now));
  ASSERT_EQ(queue.take(now), 1U);
  EXPECT_TRUE(queue.enter(2, busy, now));
  EXPECT_TRUE(queue.enter(3, busy, now));
  EXPECT_FALSE(queue.enter(4, busy, now)) << "two of one guild wait";
  EXPECT_TRUE(queue.enter(5, quiet, now));
  EXPECT_EQ(queue.take_refused(now), std::nullopt);
  EXPECT_TRUE(queue.enter(6, third, now)) << "three wait in all, but two of one guild";
  EXPECT_EQ(queue.take_refused(now), 3U) << "its newer one makes room";
  EXPECT_FALSE(queue.enter(7, base::GuildId{4}, now)) << "no guild has more than one";
  queue.leave(2, now);
  EXPECT_TRUE(queue.enter(8, base::GuildId{4}, now));
}

TEST(RunQueueTest, ARunCanStartWithoutAQueue) {
  RunQueue queue(
      {.max_running = 2, .max_running_per_guild = 1, .max_waiting = 0, .max_waiting_per_guild = 0, .max_wait = 2s});
  EXPECT_TRUE(queue.enter(1, busy, now));
  EXPECT_EQ(queue.take(now), 1U);
  EXPECT_FALSE(queue.enter(2, busy, now));
  EXPECT_TRUE(queue.enter(3, quiet, now));
}

TEST(RunQueueTest, AcceptsNoMoreThanMayRunAndWait) {
  RunQueue queue(
      {.max_running = 2, .max_running_per_guild = 1, .max_waiting = 1, .max_waiting_per_guild = 1, .max_wait = 2s});
  EXPECT_TRUE(queue.enter(1, base::GuildId{1}, now));
  EXPECT_TRUE(queue.enter(2, base::GuildId{2}, now));
  EXPECT_FALSE(queue.enter(3, base::GuildId{3}, now));
}

TEST(RunQueueTest, ReturnsRunsThatHaveWaitedTooLong) {
  RunQueue queue(
      {.max_running = 1, .max_running_per_guild = 1, .max_waiting = 5, .max_waiting_per_guild = 5, .max_wait = 2s});
  EXPECT_EQ(queue.next_change(now), RunQueue::never);
  ASSERT_TRUE(queue.enter(1, busy, now));
  ASSERT_EQ(queue.take(now), 1U);
  ASSERT_TRUE(queue.enter(2, busy, now));
  ASSERT_TRUE(queue.enter(3, quiet, now + 1s));
  EXPECT_EQ(queue.next_change(now + 1995ms), now + 2s);
  EXPECT_EQ(queue.take_refused(now + 1999ms), std::nullopt);
  EXPECT_EQ(queue.take_refused(now + 2s), 2U);
  EXPECT_EQ(queue.take_refused(now + 2s), std::nullopt);
  EXPECT_EQ(queue.next_change(now + 2995ms), now + 3s);
  queue.leave(1, now);
  EXPECT_EQ(queue.take(now), 3U);
}

TEST(RunQueueTest, AnIdleRunLeavesItsPlaceToOthers) {
  RunQueue queue({.max_running = 1, .max_running_per_guild = 1});
  ASSERT_TRUE(queue.enter(1, busy, now));
  ASSERT_TRUE(queue.enter(2, quiet, now));
  ASSERT_EQ(queue.take(now), 1U);
  EXPECT_EQ(queue.take(now), std::nullopt);
  queue.idle(1, 0, now);
  EXPECT_EQ(queue.idle(), 1U);
  EXPECT_EQ(queue.take(now), 2U);
  queue.wake(1);
  EXPECT_EQ(queue.take(now), std::nullopt) << "it waits for a place";
  queue.leave(2, now);
  EXPECT_EQ(queue.take(now), 1U);
  EXPECT_EQ(queue.idle(), 0U);
  queue.idle(1, 0, now);
  queue.leave(1, now);
  EXPECT_EQ(queue.idle(), 0U);
}

TEST(RunQueueTest, RunsThatWokeComeBeforeNewOnesOfTheirGuild) {
  RunQueue queue({.max_running = 1, .max_running_per_guild = 1});
  ASSERT_TRUE(queue.enter(1, busy, now));
  ASSERT_EQ(queue.take(now), 1U);
  queue.idle(1, 0, now);
  ASSERT_TRUE(queue.enter(2, busy, now));
  queue.wake(1);
  EXPECT_EQ(queue.take(now), 1U);
}

TEST(RunQueueTest, AGuildStartsNoMoreThanItMay) {
  RunQueue queue({.max_running = 2, .max_running_per_guild = 2, .max_started_per_guild = 2});
  for (std::uint64_t number = 1; number <= 3; ++number) ASSERT_TRUE(queue.enter(number, busy, now));
  for (const std::uint64_t number : {1U, 2U}) {
    ASSERT_EQ(queue.take(now), number);
    queue.idle(number, 0, now);
  }
  EXPECT_EQ(queue.take(now), std::nullopt);
  queue.wake(2);
  EXPECT_EQ(queue.take(now), 2U) << "one that has started goes on";
  queue.leave(2, now);
  EXPECT_EQ(queue.take(now), 3U);
}

TEST(RunQueueTest, HeavyGuildsTakeNoPlaceFromOthers) {
  RunQueue queue({.max_running = 2, .max_running_per_guild = 2}, 1s);
  for (std::uint64_t number = 1; number <= 4; ++number) ASSERT_TRUE(queue.enter(number, busy, now));
  EXPECT_THAT(take_all(queue), ElementsAre(1, 2));
  ASSERT_TRUE(queue.enter(5, quiet, now));
  EXPECT_EQ(queue.take(now), std::nullopt) << "both places are taken";
  EXPECT_LE(queue.next_change(now), now + 10ms);
  const auto later = now + 1s;
  EXPECT_TRUE(queue.is_heavy(1, later));
  EXPECT_FALSE(queue.is_heavy(5, later));
  EXPECT_EQ(queue.take(later), 5U) << "the runs of a heavy guild do not count for it";
  queue.leave(1, later);
  EXPECT_EQ(queue.take(later), std::nullopt) << "heavy guilds share one place";
  ASSERT_TRUE(queue.enter(6, third, later));
  EXPECT_EQ(queue.take(later), 6U) << "before those that came earlier";
  queue.leave(6, later);
  queue.leave(2, later);
  EXPECT_EQ(queue.take(later), 3U);
  queue.leave(3, later);
  EXPECT_TRUE(queue.is_heavy(4, later));
  EXPECT_FALSE(queue.is_heavy(4, later + 10s)) << "it is forgotten in time";
}

TEST(RunQueueTest, AGuildAloneIsNotHeavy) {
  RunQueue queue({.processors = 2, .max_running = 4, .max_running_per_guild = 2, .max_wait = 1h});
  for (std::uint64_t number = 1; number <= 2; ++number) ASSERT_TRUE(queue.enter(number, busy, now));
  EXPECT_THAT(take_all(queue), ElementsAre(1, 2));
  EXPECT_FALSE(queue.is_heavy(1, now + 2s));
}

TEST(RunQueueTest, AGuildIsChargedTheProcessorTimeOfItsRunsAndNotHowLongTheyTook) {
  RunQueue queue({.max_running = 2, .max_running_per_guild = 2, .max_wait = 1h});
  auto time = now;
  // One guild's runs take long on a busy machine, those of the other one use much.
  for (std::uint64_t number = 1; number <= 20; number += 2) {
    ASSERT_TRUE(queue.enter(number, quiet, time));
    ASSERT_TRUE(queue.enter(number + 1, busy, time));
    while (queue.take(time)) {
    }
    time += 90ms;
    queue.leave(number, time, 2ms);
    queue.leave(number + 1, time, 90ms);
  }
  ASSERT_TRUE(queue.enter(21, busy, time));
  ASSERT_TRUE(queue.enter(22, quiet, time));
  EXPECT_TRUE(queue.is_heavy(21, time));
  EXPECT_FALSE(queue.is_heavy(22, time));
  EXPECT_EQ(queue.take(time), 22U);
}

TEST(RunQueueTest, ARunIsChargedOnceForWhatItUsesBetweenItsPauses) {
  RunQueue queue({.max_running = 1, .max_running_per_guild = 1, .max_wait = 1h}, 1s);
  ASSERT_TRUE(queue.enter(1, busy, now));
  ASSERT_EQ(queue.take(now), 1U);
  queue.idle(1, 0, now, 110ms);
  ASSERT_TRUE(queue.enter(2, quiet, now));
  EXPECT_FALSE(queue.is_heavy(1, now));
  queue.wake(1);
  ASSERT_EQ(queue.take(now), 2U);
  queue.leave(2, now, 1ms);
  ASSERT_EQ(queue.take(now), 1U);
  queue.idle(1, 0, now, 120ms);
  queue.leave(1, now, 130ms);
  ASSERT_TRUE(queue.enter(3, busy, now));
  ASSERT_TRUE(queue.enter(4, third, now));
  ASSERT_EQ(queue.take(now), 4U);
  queue.leave(4, now, 131ms);
  ASSERT_TRUE(queue.enter(5, third, now));
  EXPECT_EQ(queue.take(now), 3U) << "130 ms are less than 131 ms";
}

TEST(RunQueueTest, ARunWhoseUseIsUnknownCountsForItsTimeUpToItsLimit) {
  RunQueue queue({.max_running = 2, .max_running_per_guild = 1, .max_wait = 1h}, 100ms);
  ASSERT_TRUE(queue.enter(1, busy, now));
  ASSERT_TRUE(queue.enter(2, quiet, now));
  EXPECT_THAT(take_all(queue), ElementsAre(1, 2));
  queue.leave(1, now + 5s);
  queue.leave(2, now + 5s, 101ms);
  ASSERT_TRUE(queue.enter(3, quiet, now + 5s));
  ASSERT_TRUE(queue.enter(4, busy, now + 5s));
  EXPECT_EQ(queue.take(now + 5s), 4U);
}

TEST(RunQueueTest, AmongManyGuildsThatBurnEachIsHeavy) {
  constexpr std::uint64_t guilds = 20;
  RunQueue queue({.processors = 2, .max_running = 4, .max_running_per_guild = 2, .max_wait = 1h});
  auto time = now;
  std::uint64_t number = 0;
  const auto fill = [&] {
    for (std::uint64_t guild = 1; guild <= guilds; ++guild) {
      while (queue.enter(number + 1, base::GuildId{guild}, time)) ++number;
    }
  };
  std::vector<std::uint64_t> running;
  // Two processors, and each run uses 100 ms of one.
  for (; time < now + 10s; time += 100ms) {
    fill();
    while (const auto next = queue.take(time)) running.push_back(*next);
    for (int i = 0; i < 2 && !running.empty(); ++i) {
      queue.leave(running.front(), time + 100ms, 100ms);
      running.erase(running.begin());
    }
  }
  fill();
  const std::uint64_t neighbour = ++number;
  ASSERT_TRUE(queue.enter(neighbour, base::GuildId{guilds + 1}, time));
  EXPECT_EQ(queue.take(time), neighbour) << "without waiting";
  EXPECT_FALSE(queue.is_heavy(neighbour, time));
}

TEST(RunQueueTest, TheGuildThatHasUsedLeastComesFirst) {
  RunQueue queue({.max_running = 1, .max_running_per_guild = 1, .max_wait = 1h});
  auto time = now;
  for (const auto& [number, guild] : {std::pair{1U, quiet}, {2U, busy}}) {
    ASSERT_TRUE(queue.enter(number, guild, time));
    ASSERT_EQ(queue.take(time), number);
    time += number * 10ms;
    queue.leave(number, time);
  }
  ASSERT_TRUE(queue.enter(3, third, time));
  ASSERT_EQ(queue.take(time), 3U);
  ASSERT_TRUE(queue.enter(4, busy, time));
  ASSERT_TRUE(queue.enter(5, quiet, time));
  queue.leave(3, time);
  EXPECT_EQ(queue.take(time), 5U);
}

TEST(RunQueueTest, NeverMoreThanTwiceThePlacesAreTaken) {
  RunQueue queue({.max_running = 2, .max_running_per_guild = 2, .max_wait = 1h});
  for (std::uint64_t number = 1; number <= 40; ++number) {
    ASSERT_TRUE(queue.enter(number, base::GuildId{number / 2 + 1}, now));
  }
  for (int i = 0; i < 20; ++i) {
    while (queue.take(now + i * 200ms)) {
    }
  }
  EXPECT_EQ(queue.running(), 4U);
}

TEST(RunQueueTest, WhereAllPlacesAreTakenTheHeaviestRunGivesWay) {
  RunQueue queue({.max_running = 1, .max_running_per_guild = 2, .max_wait = 1h});
  ASSERT_TRUE(queue.enter(1, busy, now));
  EXPECT_EQ(queue.take(now), 1U);
  ASSERT_TRUE(queue.enter(2, quiet, now));
  ASSERT_TRUE(queue.enter(3, third, now + 4s));
  EXPECT_EQ(queue.take(now + 4s), 2U) << "the first run has left its place to others";
  EXPECT_EQ(queue.take(now + 8s), 3U);
  EXPECT_EQ(queue.take_refused(now + 8s), 1U);
  EXPECT_EQ(queue.running(), 2U);
}

TEST(RunQueueTest, TheGuildWithMostIdleRunsMakesRoom) {
  RunQueue queue({.max_running = 9, .max_running_per_guild = 9, .max_idle = 3, .max_started_per_guild = 9});
  for (const auto& [number, guild] : {std::pair{1U, quiet}, {2U, busy}, {3U, busy}, {4U, third}}) {
    ASSERT_TRUE(queue.enter(number, guild, now));
    ASSERT_EQ(queue.take(now), number);
    queue.idle(number, 0, now);
  }
  EXPECT_EQ(queue.take_refused(now), 2U);
  EXPECT_EQ(queue.take_refused(now), std::nullopt);
  EXPECT_EQ(queue.idle(), 3U);
}

TEST(RunQueueTest, TheGuildWithMostIdleMemoryMakesRoom) {
  RunQueue queue({.max_running = 9, .max_running_per_guild = 9, .max_idle_memory = 100, .max_started_per_guild = 9});
  const std::vector<std::size_t> memory{5, 20, 50, 26};
  for (const auto& [number, guild] : {std::pair{1U, quiet}, {2U, busy}, {3U, busy}, {4U, third}}) {
    ASSERT_TRUE(queue.enter(number, guild, now));
    ASSERT_EQ(queue.take(now), number);
    queue.idle(number, memory.at(number - 1), now);
  }
  EXPECT_EQ(queue.take_refused(now), 3U);
  EXPECT_EQ(queue.take_refused(now), std::nullopt);
  queue.wake(2);
  EXPECT_EQ(queue.take(now), 2U);
  queue.idle(2, 70, now);
  EXPECT_EQ(queue.take_refused(now), 2U) << "70 + 5 + 26";
}

TEST(RunQueueTest, ForgetsGuildsThatHaveNoRuns) {
  RunQueue queue({.max_running = 1, .max_running_per_guild = 1});
  for (std::uint64_t number = 1; number <= 10'000; ++number) {
    const auto time = now + number * 10ms;
    ASSERT_TRUE(queue.enter(number, base::GuildId{number}, time));
    ASSERT_EQ(queue.take(time), number);
    queue.leave(number, time + 10ms);
  }
  EXPECT_LT(queue.guilds(), 3'000U);
}

TEST(RunQueueTest, LeavingWithoutHavingEnteredChangesNothing) {
  RunQueue queue(
      {.max_running = 1, .max_running_per_guild = 1, .max_waiting = 5, .max_waiting_per_guild = 5, .max_wait = 2s});
  ASSERT_TRUE(queue.enter(1, busy, now));
  queue.leave(7, now);
  EXPECT_EQ(queue.take(now), 1U);
  queue.leave(1, now);
  queue.leave(1, now);
  EXPECT_EQ(queue.running(), 0U);
}

}  // namespace
}  // namespace guildhall::vm
