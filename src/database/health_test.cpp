#include "database/health.hpp"

#include <gtest/gtest.h>

namespace guildhall::database {
namespace {

using namespace std::chrono_literals;

constexpr Health::Time start{1h};

TEST(Health, IsGoodAtFirst) {
  EXPECT_EQ(Health().reason(), "");
  EXPECT_FALSE(Health().is_suspect());
}

TEST(Health, AFailedWriteCountsUntilOneSucceeds) {
  Health health;
  health.failed(Access::write, Fault::full, "database or disk is full", start);
  EXPECT_EQ(health.reason(), "The database cannot be written: its disk is full.");
  EXPECT_FALSE(health.is_suspect());
  health.wrote(start + 1s);
  EXPECT_EQ(health.reason(), "");
}

TEST(Health, AFailedReadIsNoFailedWrite) {
  Health health;
  health.failed(Access::read, Fault::busy, "locked", start);
  EXPECT_EQ(health.reason(), "");
}

TEST(Health, DamageCountsUntilACheckFindsNone) {
  Health health;
  health.failed(Access::read, Fault::damaged, "malformed", start);
  EXPECT_NE(health.reason().find("damaged"), std::string::npos);
  health.wrote(start);
  EXPECT_NE(health.reason(), "") << "other pages may be fine";
  EXPECT_TRUE(health.is_suspect());
  health.checked("page 7");
  EXPECT_NE(health.reason(), "");
  EXPECT_TRUE(health.is_suspect()) << "it may be repaired";
  health.checked("");
  EXPECT_EQ(health.reason(), "");
  EXPECT_FALSE(health.is_suspect());
}

TEST(Health, AReadErrorOfTheDiskIsLookedInto) {
  Health health;
  health.failed(Access::read, Fault::broken, "disk I/O error", start);
  EXPECT_TRUE(health.is_suspect());
  EXPECT_EQ(health.reason(), "") << "a connection may break for other reasons";
}

TEST(Health, ProbesWhereNobodyWrites) {
  Health health;
  EXPECT_TRUE(health.should_probe(start));
  EXPECT_FALSE(health.should_probe(start + 1s)) << "one is under way";
  health.wrote(start + 1s);
  EXPECT_FALSE(health.should_probe(start + 10s));
  EXPECT_TRUE(health.should_probe(start + 11s));
  health.failed(Access::write, Fault::full, "", start + 12s);
  EXPECT_FALSE(health.should_probe(start + 12500ms));
  EXPECT_TRUE(health.should_probe(start + 13s));
}

}  // namespace
}  // namespace guildhall::database
