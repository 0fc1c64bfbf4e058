#include "discord/rest/bucket.hpp"

#include <gtest/gtest.h>

namespace guildhall::discord {
namespace {

using namespace std::chrono_literals;

class BucketTest : public testing::Test {
 protected:
  /// An answer to a request on its way.
  void answer(unsigned remaining, std::chrono::milliseconds reset_after, std::chrono::milliseconds reset = 1000s) {
    bucket_.ended();
    bucket_.learn({1, 5, remaining, reset_after, reset}, now_);
  }

  Bucket::Time now_ = Bucket::Time{} + 1h;
  Bucket bucket_;
};

TEST_F(BucketTest, LetsOneRequestThroughBeforeAnythingIsKnown) {
  EXPECT_LE(bucket_.ready_at(now_), now_);
  bucket_.started();
  EXPECT_EQ(bucket_.ready_at(now_), Bucket::Time::max());
  bucket_.ended();
  EXPECT_LE(bucket_.ready_at(now_), now_);
}

TEST_F(BucketTest, LetsAsManyThroughAsAreLeft) {
  bucket_.started();
  answer(2, 5s);
  bucket_.started();
  EXPECT_LE(bucket_.ready_at(now_), now_);
  bucket_.started();
  EXPECT_EQ(bucket_.ready_at(now_), now_ + 5s);
}

TEST_F(BucketTest, OpensANewWindowWhenTheOldOneEnds) {
  bucket_.started();
  answer(0, 5s);
  EXPECT_EQ(bucket_.ready_at(now_), now_ + 5s);
  now_ += 5s;
  for (int i = 0; i < 5; ++i) {
    EXPECT_LE(bucket_.ready_at(now_), now_);
    bucket_.started();
  }
  EXPECT_EQ(bucket_.ready_at(now_), Bucket::Time::max());
}

TEST_F(BucketTest, BelievesTheLowestOfAWindowsAnswers) {
  for (int i = 0; i < 2; ++i) bucket_.started();
  answer(1, 5s);
  answer(3, 5s);  // Was sent before the other, and came after it.
  EXPECT_LE(bucket_.ready_at(now_), now_);
  bucket_.started();
  EXPECT_EQ(bucket_.ready_at(now_), now_ + 5s);
}

TEST_F(BucketTest, ALaterWindowCountsAnew) {
  for (int i = 0; i < 3; ++i) bucket_.started();
  answer(0, 20ms, 1000s);
  answer(4, 5s, 1005s);
  EXPECT_LE(bucket_.ready_at(now_), now_);
}

TEST_F(BucketTest, ALostRequestIsCountedAsUsed) {
  bucket_.started();
  answer(1, 5s);
  bucket_.started();
  bucket_.ended();
  bucket_.spend();
  EXPECT_EQ(bucket_.ready_at(now_), now_ + 5s);
}

TEST_F(BucketTest, IsBlockedWhateverIsLeft) {
  bucket_.started();
  answer(4, 1s);
  bucket_.block(now_ + 3s);
  EXPECT_EQ(bucket_.ready_at(now_), now_ + 3s);
  EXPECT_FALSE(bucket_.idle(now_ + 2s));
  EXPECT_TRUE(bucket_.idle(now_ + 3s));
}

TEST_F(BucketTest, WithoutALimitAllMayGo) {
  bucket_.lift();
  for (int i = 0; i < 100; ++i) bucket_.started();
  EXPECT_LE(bucket_.ready_at(now_), now_);
}

}  // namespace
}  // namespace guildhall::discord
