#include "base/text.hpp"

#include <gtest/gtest.h>

namespace guildhall::base {
namespace {

TEST(Text, KnowsAsciiClassesOnly) {
  EXPECT_TRUE(is_alnum('a') && is_alnum('Z') && is_alnum('9'));
  EXPECT_FALSE(is_alnum('-') || is_alpha('\xE4') || is_digit('/') || is_digit(':'));
  EXPECT_EQ(to_lower("ABC \xC4"), "abc \xC4");
  EXPECT_EQ(to_upper('z'), 'Z');
}

TEST(Text, TrimsBlanks) {
  EXPECT_EQ(trim(" \ta b\r\n"), "a b");
  EXPECT_EQ(trim("  "), "");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim("\na\n", " \t"), "\na\n");
}

TEST(Text, TakesUntilASeparator) {
  std::string_view text = "a,,b";
  EXPECT_EQ(take_until(text, ','), "a");
  EXPECT_EQ(take_until(text, ','), "");
  EXPECT_EQ(take_until(text, ','), "b");
  EXPECT_TRUE(text.empty());
}

TEST(Text, ReadsWholeNumbersOnly) {
  EXPECT_EQ(parse_number<int>("-12"), -12);
  EXPECT_EQ(parse_number<unsigned>("ff", 16), 255U);
  for (const char* text : {"", "1 ", " 1", "+1", "1x", "99999999999"}) {
    EXPECT_EQ(parse_number<int>(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace guildhall::base
