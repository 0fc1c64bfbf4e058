#include "discord/gateway/identify_budget.hpp"

#include <gmock/gmock.h>

namespace guildhall::discord {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class IdentifyBudgetTest : public ::testing::Test {
 protected:
  /// How often a bot with so many shards starts sessions that never hold, within `time`.
  std::size_t crash_loop(unsigned shards, std::chrono::minutes time, IdentifyBudget& budget) {
    std::size_t starts = 0;
    for (const auto end = now_ + time; now_ < end;) {
      const auto allowed_at = budget.next(now_, shards, 0).allowed_at;
      if (allowed_at > now_) {
        now_ = std::min(allowed_at, end);
        continue;
      }
      budget.add(now_);
      ++starts;
      now_ += 100ms;
    }
    return starts;
  }

  IdentifyBudget::Time now_{std::chrono::hours(480'000)};
};

TEST_F(IdentifyBudgetTest, TheFirstStartsAreFree) {
  IdentifyBudget budget({});
  for (std::size_t i = 0; i < IdentifyBudget::free_starts; ++i) {
    EXPECT_EQ(budget.next(now_, 1, 0).allowed_at, now_);
    EXPECT_THAT(budget.next(now_, 1, 0).reason, IsEmpty());
    budget.add(now_);
  }
  EXPECT_EQ(budget.next(now_, 1, 0).allowed_at, now_ + 5s);
  EXPECT_THAT(budget.next(now_, 1, 0).reason, HasSubstr("in the last hour"));
  budget.add(now_ + 5s);
  EXPECT_EQ(budget.next(now_ + 6s, 1, 0).allowed_at, now_ + 15s);
}

TEST_F(IdentifyBudgetTest, ACrashLoopSlowsSoonAndStopsWellBeforeTheLimit) {
  IdentifyBudget budget({});
  EXPECT_LT(crash_loop(1, 1min, budget), 20U);
  EXPECT_LT(crash_loop(1, 59min, budget), 20U);
  EXPECT_LT(crash_loop(1, 23h, budget), 480U);
}

TEST_F(IdentifyBudgetTest, ManyShardsDoNotGetFurther) {
  IdentifyBudget budget({});
  EXPECT_LE(crash_loop(16, 20h, budget), 500U);
  EXPECT_THAT(budget.next(now_, 16, 0).reason, HasSubstr("in the last 24 hours"));
}

TEST_F(IdentifyBudgetTest, AllShardsOfALargeBotStartWithoutAPause) {
  IdentifyBudget budget({});
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(budget.next(now_, 100, 0).allowed_at, now_) << i;
    budget.add(now_);
  }
}

TEST_F(IdentifyBudgetTest, StartsOfFormerRunsCount) {
  IdentifyBudget budget(std::vector<IdentifyBudget::Time>(IdentifyBudget::free_starts, now_ - 1s));
  EXPECT_EQ(budget.next(now_, 1, 0).allowed_at, now_ + 4s);
  IdentifyBudget spent(std::vector<IdentifyBudget::Time>(500, now_ - 2h));
  EXPECT_EQ(spent.next(now_, 1, 0).allowed_at, now_ + 22h);
  EXPECT_EQ(spent.last_day(now_), 500U);
  EXPECT_EQ(spent.next(now_ + 22h, 1, 0).allowed_at, now_ + 22h);
}

TEST_F(IdentifyBudgetTest, WhatDiscordSaysIsLeftIsKeptTo) {
  IdentifyBudget budget({});
  budget.set_limit({1000, 11, 30min, 1}, now_);
  EXPECT_EQ(budget.next(now_, 1, 0).allowed_at, now_);
  EXPECT_EQ(budget.next(now_, 1, 1).allowed_at, now_ + 30min) << "one is on its way already";
  budget.add(now_);
  EXPECT_EQ(budget.next(now_, 1, 0).allowed_at, now_ + 30min);
  EXPECT_THAT(budget.next(now_, 1, 0).reason, HasSubstr("Discord allows no more"));
  EXPECT_EQ(budget.next(now_ + 30min, 1, 0).allowed_at, now_ + 30min);
}

}  // namespace
}  // namespace guildhall::discord
