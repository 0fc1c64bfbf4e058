#include "config/env_file.hpp"

#include <gmock/gmock.h>

#include "config/environment.hpp"

namespace guildhall::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::string value_of(std::string_view text) {
  const auto entries = parse_env_file(text, ".env");
  return entries.size() == 1 ? entries.front().value : "not one entry";
}

std::string refusal(std::string_view text) {
  try {
    static_cast<void>(parse_env_file(text, ".env"));
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(EnvFile, BareValuesAreTrimmed) {
  EXPECT_EQ(value_of("A=b"), "b");
  EXPECT_EQ(value_of("  A =  b c \t\r\n"), "b c");
  EXPECT_EQ(value_of("A="), "");
  EXPECT_EQ(value_of("A=it's"), "it's");
  EXPECT_EQ(value_of("A=b=c"), "b=c");
  EXPECT_EQ(value_of("A=b\\nc"), "b\\nc");
}

TEST(EnvFile, ExportAndTheColonFormAreAccepted) {
  EXPECT_EQ(value_of("export A=b"), "b");
  EXPECT_EQ(value_of("A: b"), "b");
  EXPECT_EQ(value_of("export=b"), "b");
}

TEST(EnvFile, HashStartsACommentOutsideOfQuotes) {
  EXPECT_THAT(parse_env_file("# one\n\n   # two\r\n", ".env"), IsEmpty());
  EXPECT_EQ(value_of("A=b # comment"), "b");
  EXPECT_EQ(value_of("A=b#c"), "b");
  EXPECT_EQ(value_of("A=\"b # c\" # comment"), "b # c");
  EXPECT_EQ(value_of("A='b#c'#comment"), "b#c");
}

TEST(EnvFile, QuotedValuesAreKept) {
  EXPECT_EQ(value_of("A='  b  '"), "  b  ");
  EXPECT_EQ(value_of("A=\"it's\""), "it's");
  EXPECT_EQ(value_of("A='say \"b\"'"), "say \"b\"");
  EXPECT_EQ(value_of("A=`it's \"b\"`"), "it's \"b\"");
  EXPECT_EQ(value_of("A=''"), "");
}

TEST(EnvFile, OnlyDoubleQuotesExpandLineEnds) {
  EXPECT_EQ(value_of("A=\"b\\nc\\rd\\te\""), "b\nc\rd\\te");
  EXPECT_EQ(value_of("A='b\\nc'"), "b\\nc");
  EXPECT_EQ(value_of("A=\"b\\\"c\""), "b\\\"c");
}

TEST(EnvFile, QuotedValuesSpanLinesAndLinesAreCounted) {
  const auto entries = parse_env_file("\xEF\xBB\xBF# first\nKEY=\"one\ntwo\nthree\"\nNEXT=4\n", ".env");
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].name, "KEY");
  EXPECT_EQ(entries[0].value, "one\ntwo\nthree");
  EXPECT_EQ(entries[0].line, 2U);
  EXPECT_EQ(entries[1].name, "NEXT");
  EXPECT_EQ(entries[1].line, 5U);
}

TEST(EnvFile, ErrorNamesFileAndLineButNotTheText) {
  EXPECT_EQ(refusal("A=1\nhunter2\n"), ".env:2: expected NAME=value");
  EXPECT_EQ(refusal("=hunter2\n"), ".env:1: expected NAME=value");
  EXPECT_EQ(refusal("MY NAME=hunter2\n"), ".env:1: expected NAME=value");
  EXPECT_EQ(refusal("A=1\n\nB=\"hunter2\nC=3\n"), ".env:3: the value's quote is not closed");
  EXPECT_EQ(refusal("A='hunter' 2\n"), ".env:1: expected nothing after the value's closing quote");
}

}  // namespace
}  // namespace guildhall::config
