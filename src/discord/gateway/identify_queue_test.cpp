#include "discord/gateway/identify_queue.hpp"

#include <gtest/gtest.h>

namespace guildhall::discord {
namespace {

using namespace std::chrono_literals;

constexpr auto spacing = IdentifyQueue::spacing;

class IdentifyQueueTest : public ::testing::Test {
 protected:
  IdentifyQueue::Time now_{1000h};
};

TEST_F(IdentifyQueueTest, OneAfterTheOtherFiveSecondsApart) {
  IdentifyQueue queue(1);
  EXPECT_EQ(queue.next(), IdentifyQueue::never);
  for (unsigned shard = 0; shard < 3; ++shard) queue.enter(shard);
  EXPECT_EQ(queue.take(now_), 0U);
  EXPECT_EQ(queue.take(now_), std::nullopt) << "while the first connects";
  EXPECT_EQ(queue.next(), IdentifyQueue::never);
  EXPECT_TRUE(queue.waits());
  queue.leave(0, true, now_ + 1s);
  EXPECT_EQ(queue.next(), now_ + 1s + spacing);
  EXPECT_EQ(queue.take(now_ + spacing), std::nullopt);
  EXPECT_EQ(queue.take(now_ + 1s + spacing), 1U);
  queue.leave(1, true, now_ + 10s);
  EXPECT_EQ(queue.take(now_ + 10s + spacing), 2U);
  EXPECT_FALSE(queue.waits());
}

TEST_F(IdentifyQueueTest, AsManyAtOnceAsDiscordAllowsAndEachInItsBucket) {
  IdentifyQueue queue(2);
  for (unsigned shard = 0; shard < 5; ++shard) queue.enter(shard);
  EXPECT_EQ(queue.take(now_), 0U);
  EXPECT_EQ(queue.take(now_), 1U);
  EXPECT_EQ(queue.take(now_), std::nullopt);
  EXPECT_EQ(queue.taken(), 2U);
  queue.leave(1, true, now_);
  EXPECT_EQ(queue.take(now_ + spacing), 3U) << "shard 2 has the key of shard 0, which is not done";
}

TEST_F(IdentifyQueueTest, WhoDidNotIdentifyKeepsNobodyWaiting) {
  IdentifyQueue queue(1);
  queue.enter(0);
  queue.enter(1);
  EXPECT_EQ(queue.take(now_), 0U);
  queue.leave(0, false, now_);
  EXPECT_EQ(queue.take(now_), 1U);
}

TEST_F(IdentifyQueueTest, WhoLeavesTheLineIsPassedOver) {
  IdentifyQueue queue(1);
  queue.enter(0);
  queue.enter(1);
  queue.leave(0, false, now_);
  EXPECT_EQ(queue.take(now_), 1U);
}

}  // namespace
}  // namespace guildhall::discord
