#include "discord/gateway/identify_limits.hpp"

#include <gmock/gmock.h>

namespace guildhall::discord {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto spacing = IdentifyQueue::spacing;

class IdentifyQueueTest : public ::testing::Test {
 protected:
  IdentifyQueue::Time now_{1000h};
};

TEST_F(IdentifyQueueTest, ShardsOfABucketStartFiveSecondsApart) {
  IdentifyQueue queue(1);
  EXPECT_EQ(queue.next(), IdentifyQueue::never);
  for (unsigned shard = 0; shard < 3; ++shard) queue.enqueue(shard);
  EXPECT_EQ(queue.take(now_), 0U);
  EXPECT_EQ(queue.take(now_), std::nullopt) << "while the first connects";
  EXPECT_EQ(queue.next(), IdentifyQueue::never);
  queue.release(0, true, now_ + 1s);
  EXPECT_EQ(queue.next(), now_ + 1s + spacing);
  EXPECT_EQ(queue.take(now_ + spacing), std::nullopt);
  EXPECT_EQ(queue.take(now_ + 1s + spacing), 1U);
  queue.release(1, true, now_ + 10s);
  EXPECT_EQ(queue.take(now_ + 10s + spacing), 2U);
  EXPECT_EQ(queue.next(), IdentifyQueue::never);
}

TEST_F(IdentifyQueueTest, BucketsStartIndependently) {
  IdentifyQueue queue(2);
  for (unsigned shard = 0; shard < 5; ++shard) queue.enqueue(shard);
  EXPECT_EQ(queue.take(now_), 0U);
  EXPECT_EQ(queue.take(now_), 1U);
  EXPECT_EQ(queue.take(now_), std::nullopt);
  EXPECT_EQ(queue.taken(), 2U);
  queue.release(1, true, now_);
  EXPECT_EQ(queue.take(now_ + spacing), 3U) << "shard 2 shares the bucket of shard 0, which has not finished";
}

TEST_F(IdentifyQueueTest, AShardThatDidNotIdentifyDelaysNobody) {
  IdentifyQueue queue(1);
  queue.enqueue(0);
  queue.enqueue(1);
  EXPECT_EQ(queue.take(now_), 0U);
  queue.release(0, false, now_);
  EXPECT_EQ(queue.take(now_), 1U);
}

TEST_F(IdentifyQueueTest, AReleasedShardIsSkipped) {
  IdentifyQueue queue(1);
  queue.enqueue(0);
  queue.enqueue(1);
  queue.release(0, false, now_);
  EXPECT_EQ(queue.take(now_), 1U);
}

class IdentifyBudgetTest : public ::testing::Test {
 protected:
  /// How many sessions a bot starts within `time` if each of them fails at once.
  std::size_t crash_loop(unsigned shards, std::chrono::minutes time, IdentifyBudget& budget) {
    std::size_t starts = 0;
    for (const auto end = now_ + time; now_ < end;) {
      const auto allowed_at = budget.next(now_, shards, 0).allowed_at;
      if (allowed_at > now_) {
        now_ = std::min(allowed_at, end);
        continue;
      }
      budget.record_start(now_);
      ++starts;
      now_ += 100ms;
    }
    return starts;
  }

  IdentifyBudget::Time now_{std::chrono::hours(480'000)};
};

TEST_F(IdentifyBudgetTest, TheFirstStartsAreNotDelayed) {
  IdentifyBudget budget({});
  for (std::size_t i = 0; i < IdentifyBudget::free_starts; ++i) {
    EXPECT_EQ(budget.next(now_, 1, 0).allowed_at, now_);
    EXPECT_THAT(budget.next(now_, 1, 0).reason, IsEmpty());
    budget.record_start(now_);
  }
  EXPECT_EQ(budget.next(now_, 1, 0).allowed_at, now_ + 5s);
  EXPECT_THAT(budget.next(now_, 1, 0).reason, HasSubstr("in the last hour"));
  budget.record_start(now_ + 5s);
  EXPECT_EQ(budget.next(now_ + 6s, 1, 0).allowed_at, now_ + 15s);
}

TEST_F(IdentifyBudgetTest, ACrashLoopIsSlowedAndStoppedBeforeTheLimit) {
  IdentifyBudget budget({});
  EXPECT_LT(crash_loop(1, 1min, budget), 20U);
  EXPECT_LT(crash_loop(1, 59min, budget), 20U);
  EXPECT_LT(crash_loop(1, 23h, budget), 480U);
}

TEST_F(IdentifyBudgetTest, ManyShardsHaveTheSameDailyLimit) {
  IdentifyBudget budget({});
  EXPECT_LE(crash_loop(16, 20h, budget), 500U);
  EXPECT_THAT(budget.next(now_, 16, 0).reason, HasSubstr("in the last 24 hours"));
}

TEST_F(IdentifyBudgetTest, AllShardsOfALargeBotStartWithoutDelay) {
  IdentifyBudget budget({});
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(budget.next(now_, 100, 0).allowed_at, now_) << i;
    budget.record_start(now_);
  }
}

TEST_F(IdentifyBudgetTest, StartsOfEarlierRunsCount) {
  IdentifyBudget budget(std::vector<IdentifyBudget::Time>(IdentifyBudget::free_starts, now_ - 1s));
  EXPECT_EQ(budget.next(now_, 1, 0).allowed_at, now_ + 4s);
  IdentifyBudget spent(std::vector<IdentifyBudget::Time>(500, now_ - 2h));
  EXPECT_EQ(spent.next(now_, 1, 0).allowed_at, now_ + 22h);
  EXPECT_EQ(spent.starts_last_day(now_), 500U);
  EXPECT_EQ(spent.next(now_ + 22h, 1, 0).allowed_at, now_ + 22h);
}

TEST_F(IdentifyBudgetTest, DiscordsRemainingStartsAreRespected) {
  IdentifyBudget budget({});
  budget.set_limit({1000, 11, 30min, 1}, now_);
  EXPECT_EQ(budget.next(now_, 1, 0).allowed_at, now_);
  EXPECT_EQ(budget.next(now_, 1, 1).allowed_at, now_ + 30min) << "one is pending already";
  budget.record_start(now_);
  EXPECT_EQ(budget.next(now_, 1, 0).allowed_at, now_ + 30min);
  EXPECT_THAT(budget.next(now_, 1, 0).reason, HasSubstr("Discord allows no more"));
  EXPECT_EQ(budget.next(now_ + 30min, 1, 0).allowed_at, now_ + 30min);
}

}  // namespace
}  // namespace guildhall::discord
