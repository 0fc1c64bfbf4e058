#include "vm/run_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  while (const auto number = queue.take()) taken.push_back(*number);
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
  queue.leave(1);
  EXPECT_THAT(take_all(queue), ElementsAre(3));
}

TEST(RunQueueTest, GuildsTakeTurns) {
  RunQueue queue(
      {.max_running = 1, .max_running_per_guild = 1, .max_waiting = 20, .max_waiting_per_guild = 20, .max_wait = 2s});
  for (std::uint64_t number = 1; number <= 4; ++number) ASSERT_TRUE(queue.enter(number, busy, now));
  for (std::uint64_t number = 5; number <= 6; ++number) ASSERT_TRUE(queue.enter(number, quiet, now));
  ASSERT_TRUE(queue.enter(7, third, now));
  std::vector<std::uint64_t> order;
  while (const auto number = queue.take()) {
    order.push_back(*number);
    queue.leave(*number);
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
  queue.leave(1);
  EXPECT_THAT(take_all(queue), ElementsAre(2)) << "it came before the third guild";
}

TEST(RunQueueTest, RefusesRunsWhenTheQueueIsFull) {
  RunQueue queue(
      {.max_running = 1, .max_running_per_guild = 1, .max_waiting = 3, .max_waiting_per_guild = 2, .max_wait = 2s});
  ASSERT_TRUE(queue.enter(1, busy, now));
  ASSERT_EQ(queue.take(), 1U);
  EXPECT_TRUE(queue.enter(2, busy, now));
  EXPECT_TRUE(queue.enter(3, busy, now));
  EXPECT_FALSE(queue.enter(4, busy, now)) << "two of one guild wait";
  EXPECT_TRUE(queue.enter(5, quiet, now));
  EXPECT_FALSE(queue.enter(6, third, now)) << "three wait in all";
  queue.leave(2);
  EXPECT_TRUE(queue.enter(7, third, now));
}

TEST(RunQueueTest, ARunCanStartWithoutAQueue) {
  RunQueue queue(
      {.max_running = 2, .max_running_per_guild = 1, .max_waiting = 0, .max_waiting_per_guild = 0, .max_wait = 2s});
  EXPECT_TRUE(queue.enter(1, busy, now));
  EXPECT_EQ(queue.take(), 1U);
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
  EXPECT_EQ(queue.next_late(), RunQueue::never);
  ASSERT_TRUE(queue.enter(1, busy, now));
  ASSERT_EQ(queue.take(), 1U);
  ASSERT_TRUE(queue.enter(2, busy, now));
  ASSERT_TRUE(queue.enter(3, quiet, now + 1s));
  EXPECT_EQ(queue.next_late(), now + 2s);
  EXPECT_EQ(queue.take_late(now + 1999ms), std::nullopt);
  EXPECT_EQ(queue.take_late(now + 2s), 2U);
  EXPECT_EQ(queue.take_late(now + 2s), std::nullopt);
  EXPECT_EQ(queue.next_late(), now + 3s);
  queue.leave(1);
  EXPECT_EQ(queue.take(), 3U);
}

TEST(RunQueueTest, LeavingWithoutHavingEnteredChangesNothing) {
  RunQueue queue(
      {.max_running = 1, .max_running_per_guild = 1, .max_waiting = 5, .max_waiting_per_guild = 5, .max_wait = 2s});
  ASSERT_TRUE(queue.enter(1, busy, now));
  queue.leave(7);
  EXPECT_EQ(queue.take(), 1U);
  queue.leave(1);
  queue.leave(1);
  EXPECT_EQ(queue.running(), 0U);
}

}  // namespace
}  // namespace guildhall::vm
