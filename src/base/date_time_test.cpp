#include "base/date_time.hpp"

#include <gtest/gtest.h>

namespace guildhall::base {
namespace {

std::string read(std::string_view text) {
  const auto time = parse_date_time(text);
  return time ? to_iso8601(*time) : "none";
}

TEST(DateTime, IsReadAsBrowsersAndPythonWriteIt) {
  EXPECT_EQ(read("2026-01-31T12:34"), "2026-01-31T12:34:00.000Z");
  EXPECT_EQ(read("2026-01-31T12:34:56"), "2026-01-31T12:34:56.000Z");
  EXPECT_EQ(read("2026-01-31T12:34:56.7"), "2026-01-31T12:34:56.700Z");
  EXPECT_EQ(read("2026-01-31 12:34:56.789123"), "2026-01-31T12:34:56.789Z");
  EXPECT_EQ(read("2026-01-31T12:34:56.789123+00:00"), "2026-01-31T12:34:56.789Z");
  EXPECT_EQ(read("2026-01-31 12:34:56 UTC"), "2026-01-31T12:34:56.000Z");
  EXPECT_EQ(read("2026-01-31"), "2026-01-31T00:00:00.000Z");
  EXPECT_EQ(read(" 2026-01-31T12:34:56Z\n"), "2026-01-31T12:34:56.000Z");
}

TEST(DateTime, IsInUtc) {
  EXPECT_EQ(read("2026-01-31t23:59:59,5-11:00"), "2026-02-01T10:59:59.500Z");
  EXPECT_EQ(read("2026-01-31T00:15:00+0530"), "2026-01-30T18:45:00.000Z");
  EXPECT_EQ(read("2026-01-31T12:00:00+05"), "2026-01-31T07:00:00.000Z");
  EXPECT_EQ(read("1850-01-31T12:00:00+05:53:28"), "1850-01-31T06:06:32.000Z");
}

TEST(DateTime, MustExist) {
  for (const auto* text :
       {"", "yesterday", "2026-02-29", "2026-13-01T00:00", "2026-00-01", "2026-01-31T24:00", "2026-01-31T12:60",
        "2026-01-31T12:34:60", "2026-01-31T12:34:56.Z", "2026-01-31T12:34:56+24:00", "2026-01-31T12:34:56Zulu",
        "2026-01-31T", "1769862896", "26-01-31", "+002026-01-31T00:00", "2026-1-31"}) {
    EXPECT_EQ(read(text), "none") << text;
  }
}

TEST(DateTime, HasAYearFrom1To9999) {
  EXPECT_EQ(read("0001-01-01T00:00Z"), "0001-01-01T00:00:00.000Z");
  EXPECT_EQ(read("9999-12-31T23:59:59.999Z"), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(read("0000-06-01T00:00Z"), "none");
  EXPECT_EQ(read("0001-01-01T00:00+01:00"), "none");
  EXPECT_EQ(read("9999-12-31T23:59-01:00"), "none");
}

TEST(HttpDate, IsReadInItsOneForm) {
  EXPECT_EQ(parse_http_date("Wed, 21 Oct 2015 07:28:00 GMT"),
            std::chrono::sys_seconds(std::chrono::seconds(1445412480)));
  for (const auto* other : {"", "120", "Wed, 21 Oct 2015 07:28:00 GMT+1", "2015-10-21T07:28:00Z"}) {
    EXPECT_FALSE(parse_http_date(other)) << other;
  }
}

}  // namespace
}  // namespace guildhall::base
