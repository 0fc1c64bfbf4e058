#include "base/log_ids.hpp"

#include <gtest/gtest.h>

#include <set>

namespace guildhall::base {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp noon = std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} + 12h;

TEST(LogIds, IncreaseWithinAMillisecond) {
  LogIds ids;
  auto before = ids.next(noon);
  for (int i = 0; i < 10'000; ++i) {
    const auto id = ids.next(noon);
    EXPECT_EQ(id, before + 1);
    before = id;
  }
}

TEST(LogIds, IncreaseWhenTheClockIsSetBack) {
  LogIds ids;
  const auto before = ids.next(noon);
  EXPECT_GT(ids.next(noon - 24h), before);
}

TEST(LogIds, ContainTheTime) {
  LogIds ids;
  EXPECT_GE(ids.next(noon), LogIds::first(noon));
  EXPECT_LT(ids.next(noon), LogIds::first(noon + 3ms));
  EXPECT_GE(ids.next(noon + 5s), LogIds::first(noon + 5s));
}

TEST(LogIds, AreExactJsonNumbers) {
  constexpr Timestamp far = std::chrono::sys_days{std::chrono::year{2094} / 1 / 1};
  EXPECT_LT(LogIds::first(far), 1ULL << 53U);
  EXPECT_EQ(LogIds::first(Timestamp{}), 0U);
}

TEST(LogIds, OfTwoProcessesSeldomCollide) {
  std::set<std::uint64_t> beginnings;
  for (int i = 0; i < 100; ++i) beginnings.insert(LogIds().next(noon));
  EXPECT_GT(beginnings.size(), 50U);
}

}  // namespace
}  // namespace guildhall::base
