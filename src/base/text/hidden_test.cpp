#include "base/text/hidden.hpp"

#include <gtest/gtest.h>

namespace guildhall::base {
namespace {

TEST(Hidden, IsWhatCannotBeSeenOrTurnsTextRound) {
  for (const char32_t c :
       {U'\u00AD', U'\u034F', U'\u061C', U'\u115F',     U'\u180E',     U'\u200B',     U'\u200E',
        U'\u202E', U'\u2060', U'\u2063', U'\u2069',     U'\u2800',     U'\u3164',     U'\uFE0F',
        U'\uFEFF', U'\uFFA0', U'\uFFF9', U'\U000E0001', U'\U000E0020', U'\U000E0100', U'\U0001D173'}) {
    EXPECT_TRUE(is_hidden(c)) << code_point_name(c);
  }
  for (const char32_t c : {U'a', U' ', U'\u00E9', U'\u0301', U'\u0600', U'\u3000', U'\u2764', U'\U0001F916'}) {
    EXPECT_FALSE(is_hidden(c)) << code_point_name(c);
  }
}

TEST(Hidden, IsFoundWhereItDoesNotBelong) {
  EXPECT_EQ(find_hidden("hel\u200Blo"), U'\u200B');
  EXPECT_EQ(find_hidden("\u202Eolleh"), U'\u202E');
  EXPECT_EQ(find_hidden("\uFEFF!"), U'\uFEFF');
  EXPECT_EQ(find_hidden("a\u200Db"), U'\u200D');
  EXPECT_EQ(find_hidden("a\uFE0F"), U'\uFE0F');
  EXPECT_EQ(find_hidden("\uFE0F"), U'\uFE0F');
  EXPECT_EQ(find_hidden("\U0001F468\u200D"), U'\u200D');
  EXPECT_EQ(find_hidden("\U0001F468\u200B\U0001F469"), U'\u200B');
  EXPECT_EQ(find_hidden("a\U000E0067"), U'\U000E0067');
}

TEST(Hidden, IsAPartOfEmojiAndOfSomeScripts) {
  for (const auto* text :
       {"❤️", "❤︎", "1️⃣", "#️⃣", "👨‍👩‍👧", "🏳️‍🌈", "👩🏽‍🚀",
        "❤️‍🔥", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "می‌خواهم", "क्‍ष", "葛󠄀", "plain", ""}) {
    EXPECT_EQ(find_hidden(text), std::nullopt) << text;
    EXPECT_EQ(without_hidden(text), text);
  }
}

TEST(Hidden, CanBeRemoved) {
  EXPECT_EQ(without_hidden("\uFEFFhel\u200Blo❤️\u202E"), "hello❤️");
  EXPECT_EQ(without_hidden("\u200B"), "");
}

TEST(Hidden, HasANameForPeople) {
  EXPECT_EQ(code_point_name(U'\u00AD'), "U+00AD");
  EXPECT_EQ(code_point_name(U'\u202E'), "U+202E");
  EXPECT_EQ(code_point_name(U'\U000E0020'), "U+E0020");
}

}  // namespace
}  // namespace guildhall::base
