#include "discord/rest/invalid_budget.hpp"

#include <gtest/gtest.h>

namespace guildhall::discord {
namespace {

using namespace std::chrono_literals;

class InvalidBudgetTest : public testing::Test {
 protected:
  void record(std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) budget_.record(now_);
  }

  InvalidBudget::Time now_ = InvalidBudget::Time{} + 1h;
  InvalidBudget budget_;
};

TEST_F(InvalidBudgetTest, ForgetsAfterTenMinutes) {
  record(10);
  now_ += 5min;
  record(20);
  EXPECT_EQ(budget_.count(now_), 30U);
  now_ += 5min;
  EXPECT_EQ(budget_.count(now_), 20U);
  now_ += 5min;
  EXPECT_EQ(budget_.count(now_), 0U);
}

TEST_F(InvalidBudgetTest, SlowsDownMoreAndMore) {
  record(InvalidBudget::slow_from);
  EXPECT_EQ(budget_.pace(now_), 0s);
  record(500);
  const auto early = budget_.pace(now_);
  EXPECT_GT(early, 0s);
  record(3000);
  EXPECT_GT(budget_.pace(now_), early);
}

TEST_F(InvalidBudgetTest, WhatAlwaysFailsNeverGetsToTheStop) {
  for (const auto end = now_ + 30min; now_ < end; now_ += std::max<InvalidBudget::Duration>(10ms, budget_.pace(now_))) {
    record(1);
    ASSERT_FALSE(budget_.stopped(now_));
  }
  EXPECT_GT(budget_.count(now_), InvalidBudget::slow_from);
}

TEST_F(InvalidBudgetTest, StopsAndGoesOnAgain) {
  record(1000);
  now_ += 1min;
  record(3999);
  EXPECT_FALSE(budget_.stopped(now_));
  record(1);
  EXPECT_TRUE(budget_.stopped(now_));
  EXPECT_EQ(budget_.goes_on_at(), now_ + 9min);
  now_ += 9min;
  EXPECT_FALSE(budget_.stopped(now_));
}

}  // namespace
}  // namespace guildhall::discord
