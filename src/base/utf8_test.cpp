#include "base/utf8.hpp"

#include <gtest/gtest.h>

namespace guildhall::base {
namespace {

TEST(Utf8, CountsCodePointsNotBytes) {
  EXPECT_EQ(count_code_points(""), 0U);
  EXPECT_EQ(count_code_points("abc"), 3U);
  EXPECT_EQ(count_code_points("Grüße"), 5U);
  EXPECT_EQ(count_code_points("\xF0\x9F\x90\x9C"), 1U);                      // one ant
  EXPECT_EQ(count_code_points("\xF4\x8F\xBF\xBF\xEF\xBF\xBF\xC2\x80"), 3U);  // the edges of four, three and two bytes
}

TEST(Utf8, AcceptsMixedText) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("only ASCII here, and enough of it"));
  EXPECT_TRUE(is_utf8("Grüße, größtenteils ASCII \xF0\x9F\x90\x9C"));
}

TEST(Utf8, RefusesInvalidUtf8) {
  for (const std::string_view bad : {
           "\x80",              // no lead byte
           "\xC3",              // cut short
           "\xE2\x82",          // cut short
           "\xC3\x28",          // no trailing byte
           "\xC0\x80",          // NUL, overlong
           "\xE0\x80\xAF",      // slash, overlong
           "\xF0\x80\x80\xAF",  // slash, overlong
           "\xED\xA0\x80",      // a surrogate
           "\xF4\x90\x80\x80",  // beyond U+10FFFF
           "\xFF",
       }) {
    EXPECT_EQ(count_code_points(bad), std::nullopt);
    EXPECT_FALSE(is_utf8(bad));
    EXPECT_FALSE(is_utf8("plain text before it " + std::string(bad)));
    EXPECT_FALSE(is_utf8(std::string(bad) + " plain text behind it"));
  }
}

TEST(Utf8, TakesCodePointsFromTheFront) {
  std::string_view text = "é!";
  EXPECT_EQ(take_code_point(text), U'é');
  EXPECT_EQ(text, "!");
  EXPECT_EQ(take_code_point(text), U'!');
  EXPECT_EQ(take_code_point(text), std::nullopt);
}

TEST(Utf8, LeavesInvalidTextUnchanged) {
  std::string_view text = "\xE2\x82";
  EXPECT_EQ(take_code_point(text), std::nullopt);
  EXPECT_EQ(text.size(), 2U);
}

TEST(Utf8, TakesTheFirstCodePoints) {
  EXPECT_EQ(first_code_points("Grüße", 3), "Grü");
  EXPECT_EQ(first_code_points("Grüße", 5), "Grüße");
  EXPECT_EQ(first_code_points("Grüße", 9), "Grüße");
  EXPECT_EQ(first_code_points("Grüße", 0), "");
  EXPECT_EQ(first_code_points("Gr\xFF\xFF", 4), "Gr");
}

TEST(Utf8, ShortensLongTexts) {
  const auto shortened = [](std::string text, std::size_t limit) {
    shorten(text, limit);
    return text;
  };
  EXPECT_EQ(shortened("Grüße", 5), "Grüße");
  EXPECT_EQ(shortened("Grüße", 4), "Grü\u2026");
  EXPECT_EQ(shortened("Grüße", 1), "\u2026");
  EXPECT_EQ(shortened("Grü\xFFße", 6), "Grü\u2026");
}

TEST(Utf8, KnowsWhiteSpaceBeyondAscii) {
  for (const char32_t space : {U' ', U'\t', U'\n', U'\u00A0', U'\u2003', U'\u3000'}) EXPECT_TRUE(is_white_space(space));
  for (const char32_t other : {U'a', U'\u200B', U'\0', U'\u2060'}) EXPECT_FALSE(is_white_space(other));
}

}  // namespace
}  // namespace guildhall::base
