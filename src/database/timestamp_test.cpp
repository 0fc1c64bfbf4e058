#include "database/timestamp.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace guildhall::database {
namespace {

using std::chrono::milliseconds;

TEST(Timestamp, ComesBackFromAColumnToTheMillisecond) {
  for (const std::int64_t since_epoch : {std::int64_t{0}, std::int64_t{1'769'862'896'789}, std::int64_t{-1}}) {
    const base::Timestamp time{milliseconds{since_epoch}};
    EXPECT_EQ(timestamp_from_column(to_column(time)), time);
  }
}

TEST(Timestamp, IsReadableAndSortsAsText) {
  const base::Timestamp time{milliseconds{1'769'862'896'789}};
  EXPECT_EQ(to_column(time), "2026-01-31 12:34:56.789");
  EXPECT_LT(to_column(time), to_column(time + milliseconds{1}));
  EXPECT_LT(to_column(time), to_column(time + std::chrono::hours{24 * 365}));
}

TEST(Timestamp, MayHaveBeenWrittenByHandWithLessOfAFraction) {
  const base::Timestamp second{milliseconds{1'769'862'896'000}};
  EXPECT_EQ(timestamp_from_column("2026-01-31 12:34:56"), second);
  EXPECT_EQ(timestamp_from_column("2026-01-31 12:34:56.7"), second + milliseconds{700});
  EXPECT_EQ(timestamp_from_column("2026-01-31 12:34:56.789123"), second + milliseconds{789});
}

TEST(Timestamp, RefusesWhatIsNoTime) {
  for (const auto* text : {"", "yesterday", "2026-01-31", "2026-02-30 12:34:56", "2026-01-31T12:34:56",
                           "26-01-31 12:34:56", "2026-01-31 12:34:5x", "2026-01-31 12:34:56.x"}) {
    EXPECT_THROW((void)timestamp_from_column(text), std::invalid_argument) << text;
  }
}

}  // namespace
}  // namespace guildhall::database
