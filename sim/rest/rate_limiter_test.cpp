#include "sim/rest/rate_limiter.hpp"

#include <gtest/gtest.h>

#include "testing/fake_clock.hpp"

namespace guildhall::sim {
namespace {

using namespace std::chrono_literals;

constexpr RateWindow two_a_second{2, 1000ms};

class RateLimiterTest : public testing::Test {
 protected:
  test::FakeClock clock;
  RateLimiter limiter{clock};
};

TEST_F(RateLimiterTest, CountsDownAndThenRefuses) {
  const auto first = limiter.take("ada", two_a_second);
  EXPECT_TRUE(first.allowed);
  EXPECT_EQ(first.limit, 2U);
  EXPECT_EQ(first.remaining, 1U);
  EXPECT_EQ(first.reset_after, 1000ms);
  EXPECT_EQ(first.resets_at, clock.now() + 1000ms);

  clock.advance(300ms);
  EXPECT_TRUE(limiter.take("ada", two_a_second).allowed);
  const auto third = limiter.take("ada", two_a_second);
  EXPECT_FALSE(third.allowed);
  EXPECT_EQ(third.remaining, 0U);
  EXPECT_EQ(third.reset_after, 700ms) << "the window began with the first request";
}

TEST_F(RateLimiterTest, OpensANewWindowWhenTheOldOneIsOver) {
  for (int i = 0; i < 3; ++i) (void)limiter.take("ada", two_a_second);
  clock.advance(999ms);
  EXPECT_FALSE(limiter.take("ada", two_a_second).allowed);
  clock.advance(1ms);
  const auto fresh = limiter.take("ada", two_a_second);
  EXPECT_TRUE(fresh.allowed);
  EXPECT_EQ(fresh.remaining, 1U);
}

TEST_F(RateLimiterTest, CountsEachKeyByItself) {
  for (int i = 0; i < 3; ++i) (void)limiter.take("ada", two_a_second);
  EXPECT_TRUE(limiter.take("grace", two_a_second).allowed);
}

TEST_F(RateLimiterTest, ForgetsKeysWhoseWindowIsOver) {
  for (int i = 0; i < 5000; ++i) {
    (void)limiter.take(std::to_string(i), two_a_second);
    clock.advance(10ms);
  }
  EXPECT_LE(limiter.size(), 1024U);
}

TEST(RateLimits, ARuleForATokenWinsOverOneForTheBucket) {
  RateLimits limits;
  limits.rules = {{Bucket::guild, TokenKind::bot, {5, 1000ms}}, {Bucket::guild, std::nullopt, {3, 1000ms}}};
  EXPECT_EQ(limits.window(Bucket::guild, TokenKind::bot).limit, 5U);
  EXPECT_EQ(limits.window(Bucket::guild, TokenKind::bearer).limit, 3U);
  EXPECT_EQ(limits.window(Bucket::token, TokenKind::none).limit, limits.fallback.limit);
}

}  // namespace
}  // namespace guildhall::sim
