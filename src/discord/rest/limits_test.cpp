#include "discord/rest/limits.hpp"

#include <gtest/gtest.h>

namespace guildhall::discord {
namespace {

using namespace std::chrono_literals;

class BucketTest : public testing::Test {
 protected:
  /// Ends a request in flight with an answer.
  void answer(unsigned remaining, std::chrono::milliseconds reset_after, std::chrono::milliseconds reset = 1000s) {
    bucket_.on_ended();
    bucket_.update({1, 5, remaining, reset_after, reset}, now_);
  }

  Bucket::Time now_ = Bucket::Time{} + 1h;
  Bucket bucket_;
};

TEST_F(BucketTest, AllowsOneRequestBeforeTheFirstAnswer) {
  EXPECT_LE(bucket_.ready_at(now_), now_);
  bucket_.on_sent();
  EXPECT_EQ(bucket_.ready_at(now_), Bucket::Time::max());
  bucket_.on_ended();
  EXPECT_LE(bucket_.ready_at(now_), now_);
}

TEST_F(BucketTest, AllowsAsManyRequestsAsRemain) {
  bucket_.on_sent();
  answer(2, 5s);
  bucket_.on_sent();
  EXPECT_LE(bucket_.ready_at(now_), now_);
  bucket_.on_sent();
  EXPECT_EQ(bucket_.ready_at(now_), now_ + 5s);
}

TEST_F(BucketTest, StartsANewWindowAfterTheReset) {
  bucket_.on_sent();
  answer(0, 5s);
  EXPECT_EQ(bucket_.ready_at(now_), now_ + 5s);
  now_ += 5s;
  for (int i = 0; i < 5; ++i) {
    EXPECT_LE(bucket_.ready_at(now_), now_);
    bucket_.on_sent();
  }
  EXPECT_EQ(bucket_.ready_at(now_), Bucket::Time::max());
}

TEST_F(BucketTest, KeepsTheLowestRemainingOfAWindow) {
  for (int i = 0; i < 2; ++i) bucket_.on_sent();
  answer(1, 5s);
  answer(3, 5s);  // Sent before the other answer, received after it.
  EXPECT_LE(bucket_.ready_at(now_), now_);
  bucket_.on_sent();
  EXPECT_EQ(bucket_.ready_at(now_), now_ + 5s);
}

TEST_F(BucketTest, ALaterWindowStartsOver) {
  for (int i = 0; i < 3; ++i) bucket_.on_sent();
  answer(0, 20ms, 1000s);
  answer(4, 5s, 1005s);
  EXPECT_LE(bucket_.ready_at(now_), now_);
}

TEST_F(BucketTest, ALostRequestCountsAsUsed) {
  bucket_.on_sent();
  answer(1, 5s);
  bucket_.on_sent();
  bucket_.on_ended();
  bucket_.spend();
  EXPECT_EQ(bucket_.ready_at(now_), now_ + 5s);
}

TEST_F(BucketTest, ABlockAppliesWhateverRemains) {
  bucket_.on_sent();
  answer(4, 1s);
  bucket_.block(now_ + 3s);
  EXPECT_EQ(bucket_.ready_at(now_), now_ + 3s);
  EXPECT_FALSE(bucket_.idle(now_ + 2s));
  EXPECT_TRUE(bucket_.idle(now_ + 3s));
}

TEST_F(BucketTest, AnUnlimitedBucketAllowsEverything) {
  bucket_.set_unlimited();
  for (int i = 0; i < 100; ++i) bucket_.on_sent();
  EXPECT_LE(bucket_.ready_at(now_), now_);
}

class InvalidRequestLimitTest : public testing::Test {
 protected:
  void record(std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) limit_.record(now_);
  }

  InvalidRequestLimit::Time now_ = InvalidRequestLimit::Time{} + 1h;
  InvalidRequestLimit limit_;
};

TEST_F(InvalidRequestLimitTest, ForgetsAfterTenMinutes) {
  record(10);
  now_ += 5min;
  record(20);
  EXPECT_EQ(limit_.count(now_), 30U);
  now_ += 5min;
  EXPECT_EQ(limit_.count(now_), 20U);
  now_ += 5min;
  EXPECT_EQ(limit_.count(now_), 0U);
}

TEST_F(InvalidRequestLimitTest, SlowsDownMoreAndMore) {
  record(InvalidRequestLimit::slow_from);
  EXPECT_EQ(limit_.pause(now_), 0s);
  record(500);
  const auto early = limit_.pause(now_);
  EXPECT_GT(early, 0s);
  record(3000);
  EXPECT_GT(limit_.pause(now_), early);
}

TEST_F(InvalidRequestLimitTest, SequentialFailuresNeverReachTheStop) {
  for (const auto end = now_ + 30min; now_ < end;
       now_ += std::max<InvalidRequestLimit::Duration>(10ms, limit_.pause(now_))) {
    record(1);
    ASSERT_FALSE(limit_.stopped(now_));
  }
  EXPECT_GT(limit_.count(now_), InvalidRequestLimit::slow_from);
}

TEST_F(InvalidRequestLimitTest, StopsAndResumes) {
  record(1000);
  now_ += 1min;
  record(3999);
  EXPECT_FALSE(limit_.stopped(now_));
  record(1);
  EXPECT_TRUE(limit_.stopped(now_));
  EXPECT_EQ(limit_.resumes_at(), now_ + 9min);
  now_ += 9min;
  EXPECT_FALSE(limit_.stopped(now_));
}

}  // namespace
}  // namespace guildhall::discord
