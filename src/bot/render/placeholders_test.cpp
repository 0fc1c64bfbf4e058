#include "bot/render/placeholders.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "base/utf8.hpp"

namespace guildhall::bot {
namespace {

std::string fill(std::string_view text, std::vector<std::string_view> arguments, std::size_t limit = 2000) {
  return fill_placeholders(text, arguments, limit);
}

TEST(Placeholders, StandForArguments) {
  EXPECT_EQ(fill("Hello ${1}!", {"World"}), "Hello World!");
  EXPECT_EQ(fill("${2}, ${1} and ${2}", {"a", "b"}), "b, a and b");
  EXPECT_EQ(fill("${12}", {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "twelve"}), "twelve");
}

TEST(Placeholders, WithoutAnArgumentAreEmpty) {
  EXPECT_EQ(fill("Hello ${1}!", {}), "Hello !");
  EXPECT_EQ(fill("[${2}${99999999999999999999999}]", {"a"}), "[]");
}

TEST(Placeholders, AreNothingElse) {
  for (const auto* text : {"${0}", "${01}", "${}", "${x}", "${1", "$1", "${-1}", "${ 1}", "$", "${", "$${", "{1}"}) {
    EXPECT_EQ(fill(text, {"a"}), text);
  }
  EXPECT_EQ(fill("$${1}", {"a"}), "$a");
}

TEST(Placeholders, WhatAnArgumentBringsIsNotLookedAtAgain) {
  EXPECT_EQ(fill("${1} ${2}", {"${2}", "b"}), "${2} b");
  EXPECT_EQ(fill("$${1}", {"{2}", "b"}), "${2}");
}

TEST(Placeholders, LongTextsAreCutBetweenCodePoints) {
  EXPECT_EQ(fill("${1}", {"12345"}, 5), "12345");
  EXPECT_EQ(fill("${1}", {"123456"}, 5), "1234…");
  EXPECT_EQ(fill("äöü${1}", {"\U0001F916\U0001F916"}, 5), "äöü\U0001F916\U0001F916");
  EXPECT_EQ(fill("äöü${1}", {"\U0001F916\U0001F916!"}, 5), "äöü\U0001F916…");
  EXPECT_EQ(fill("abc", {}, 1), "…");
}

TEST(Placeholders, ManyOfThemCostNoMoreThanTheLimit) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "${1}";
  const std::string argument(1'000'000, 'x');
  const auto filled = fill(text, {argument});
  EXPECT_EQ(base::count_code_points(filled), 2000U);
}

TEST(Blank, IsWhatDiscordTrimsAway) {
  EXPECT_TRUE(is_blank(""));
  EXPECT_TRUE(is_blank(" \n\u3000"));
  EXPECT_FALSE(is_blank(" . "));
  EXPECT_FALSE(is_blank("\u200B")) << "a zero width space is no white space";
}

}  // namespace
}  // namespace guildhall::bot
