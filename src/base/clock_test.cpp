#include "base/clock.hpp"

#include <gtest/gtest.h>

namespace guildhall::base {
namespace {

using std::chrono::milliseconds;

TEST(Clock, WritesTimesAsJavaScriptDoes) {
  EXPECT_EQ(to_iso8601(Timestamp(milliseconds(1'769'862'896'789))), "2026-01-31T12:34:56.789Z");
  EXPECT_EQ(to_iso8601(Timestamp(milliseconds(0))), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_iso8601(Timestamp(milliseconds(-1))), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(to_iso8601(Timestamp(milliseconds(253'402'300'799'999))), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(to_iso8601(Timestamp(milliseconds(-62'167'219'200'000))), "0000-01-01T00:00:00.000Z");
}

TEST(Clock, WritesTimesForPeople) {
  EXPECT_EQ(to_log_time(Timestamp(milliseconds(1'769'862'896'007))), "2026-01-31 12:34:56.007");
}

}  // namespace
}  // namespace guildhall::base
