#include "discord/gateway/send_limiter.hpp"

#include <gtest/gtest.h>

namespace guildhall::discord {
namespace {

using namespace std::chrono_literals;

TEST(SendLimiter, KeepsReservedSends) {
  SendLimiter limiter;
  limiter.reserve(10);
  SendLimiter::Time now{1000h};
  for (int i = 0; i < 110; ++i) {
    EXPECT_LE(limiter.ready_at(), now) << i;
    limiter.count(now);
    now += 100ms;
  }
  EXPECT_EQ(limiter.ready_at(), SendLimiter::Time(1000h) + 60s);
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(limiter.has_room(now));
    limiter.count(now);
  }
  EXPECT_FALSE(limiter.has_room(now));
  EXPECT_FALSE(limiter.has_room(SendLimiter::Time(1000h) + 60s - 1ms));
  EXPECT_TRUE(limiter.has_room(SendLimiter::Time(1000h) + 60s));
  EXPECT_EQ(limiter.ready_at(), SendLimiter::Time(1000h) + 10 * 100ms + 60s) << "after ten more sends";
}

TEST(SendLimiter, AtLeastOneSendIsNotReserved) {
  SendLimiter limiter;
  limiter.reserve(1000);
  EXPECT_EQ(limiter.ready_at(), SendLimiter::Time::min());
  limiter.count(SendLimiter::Time(1000h));
  EXPECT_EQ(limiter.ready_at(), SendLimiter::Time(1000h) + 60s);
}

}  // namespace
}  // namespace guildhall::discord
