#include "bot/render/placeholders.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "base/utf8.hpp"
#include "schema/format.hpp"

namespace guildhall::bot {
namespace {

std::string fill(std::string_view text, std::vector<std::string_view> arguments, std::size_t limit = 2000) {
  return fill_placeholders(text, {.arguments = arguments}, limit);
}

constexpr PlaceholderValues of_ada{.user_id = "42", .user_name = "Ada", .user_avatar = "https://cdn.example/42.png"};

TEST(Placeholders, StandForTheUser) {
  EXPECT_EQ(fill_placeholders("${user} is ${user.name}, ${user.id}: ${user.avatar}", of_ada, 2000),
            "<@42> is Ada, 42: https://cdn.example/42.png");
  EXPECT_EQ(fill_placeholders("${user.email} ${User}", of_ada, 2000), "${user.email} ${User}");
}

TEST(Placeholders, InAnAddressMustLeaveItOne) {
  const auto url = [](std::string_view text, std::vector<std::string_view> arguments) {
    PlaceholderValues values = of_ada;
    values.arguments = arguments;
    return fill_url(text, values, 60, schema::format::web_url).value_or("none");
  };
  EXPECT_EQ(url("${user.avatar}", {}), "https://cdn.example/42.png");
  EXPECT_EQ(url("https://example.org/${1}.png", {"cat"}), "https://example.org/cat.png");
  EXPECT_EQ(url("${1}", {"https://example.org/a"}), "https://example.org/a");
  for (const auto& [text, argument] : std::initializer_list<std::pair<const char*, std::string_view>>{
           {"${1}", ""},
           {"${1}", "javascript:alert(1)"},
           {"${1}", "cat"},
           {"https://${1}/a", ""},
           {"https://${1}", "a b"},
           {"https://example.org/${1}.png", "two words"},
           {"https://example.org/${1}", "\"><"},
           {"https://example.org/${1}", "${1}"},
           {"https://example.org/${1}", "01234567890123456789012345678901234567890"},
           {"https://${server}", "x"}}) {
    EXPECT_EQ(url(text, {argument}), "none") << text << " with " << argument;
  }
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
