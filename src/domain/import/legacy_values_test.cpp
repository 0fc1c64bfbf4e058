#include "domain/import/legacy_values.hpp"

#include <gtest/gtest.h>

namespace guildhall::domain {
namespace {

std::string time(std::string_view text) {
  const auto read = read_time(text);
  return read ? base::to_iso8601(*read) : "none";
}

TEST(LegacyValues, ReadsTimesAsSequelizeAndItsDatabasesWriteThem) {
  EXPECT_EQ(time("2024-01-31 12:34:56.789 +00:00"), "2024-01-31T12:34:56.789Z");
  EXPECT_EQ(time("2024-01-31 12:34:56"), "2024-01-31T12:34:56.000Z");
  EXPECT_EQ(time("2024-01-31 12:34:56.789123"), "2024-01-31T12:34:56.789Z");
  EXPECT_EQ(time("2024-01-31 12:34:56.5"), "2024-01-31T12:34:56.500Z");
  EXPECT_EQ(time("2024-01-31T12:34:56.789Z"), "2024-01-31T12:34:56.789Z");
}

TEST(LegacyValues, TimesOfOtherZonesBecomeUtc) {
  EXPECT_EQ(time("2024-01-01 00:30:00 +01:00"), "2023-12-31T23:30:00.000Z");
  EXPECT_EQ(time("2024-01-01T00:30:00-0530"), "2024-01-01T06:00:00.000Z");
}

TEST(LegacyValues, WhatIsNoTimeIsNone) {
  for (const auto* text : {"", "0000-00-00 00:00:00", "2024-02-30 00:00:00", "2024-01-31 24:00:00", "2024-01-31",
                           "yesterday, about noon", "2024-01-31 12:34:56 CET", "2024-01-31 12:34:56 +1:0"}) {
    EXPECT_EQ(time(text), "none") << text;
  }
}

TEST(LegacyValues, KnowsLevelsOfAnyCase) {
  EXPECT_EQ(read_level("ERROR"), base::LogLevel::error);
  EXPECT_EQ(read_level("Warning"), base::LogLevel::warn);
  EXPECT_EQ(read_level("silly"), base::LogLevel::debug);
  EXPECT_EQ(read_level("loud"), std::nullopt);
}

TEST(LegacyValues, TakesTheHashOutOfAnImagesUrl) {
  EXPECT_EQ(image_hash("a_1269e74af4df7417b13759eae50c83dc"), "a_1269e74af4df7417b13759eae50c83dc");
  EXPECT_EQ(image_hash("https://cdn.discordapp.com/avatars/1/a_1269.gif?size=64"), "a_1269");
}

}  // namespace
}  // namespace guildhall::domain
