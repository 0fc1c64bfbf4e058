#include "bot/match/cooldown.hpp"

#include <gtest/gtest.h>

namespace guildhall::bot {
namespace {

using namespace std::chrono_literals;

constexpr Cooldown::Time start{1h};

TEST(Cooldown, AllowsABurstAndThenOneAtATime) {
  Cooldown cooldown({3, 2s}, 100);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(cooldown.take(1, start));
  EXPECT_FALSE(cooldown.take(1, start));
  EXPECT_FALSE(cooldown.take(1, start + 1999ms)) << "a refusal takes no token";
  EXPECT_TRUE(cooldown.take(1, start + 2s));
  EXPECT_FALSE(cooldown.take(1, start + 2s));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(cooldown.take(1, start + 1h));
  EXPECT_FALSE(cooldown.take(1, start + 1h));
}

TEST(Cooldown, CountsEachKeyAlone) {
  Cooldown cooldown({1, 2s}, 100);
  EXPECT_TRUE(cooldown.take(1, start));
  EXPECT_TRUE(cooldown.take(2, start));
  EXPECT_FALSE(cooldown.take(1, start));
}

TEST(Cooldown, ForgetsTheLeastRecentlyUsedKey) {
  Cooldown cooldown({1, 2s}, 2);
  EXPECT_TRUE(cooldown.take(1, start));
  EXPECT_TRUE(cooldown.take(2, start + 1s));
  EXPECT_TRUE(cooldown.take(3, start + 1s));
  EXPECT_FALSE(cooldown.take(3, start + 1s));
  EXPECT_TRUE(cooldown.take(1, start + 1s)) << "forgotten";
  EXPECT_TRUE(cooldown.take(3, start + 3s));
  EXPECT_FALSE(cooldown.take(3, start + 3s));
}

}  // namespace
}  // namespace guildhall::bot
