#include "config/env_file.hpp"

#include <gmock/gmock.h>

#include "config/environment.hpp"

namespace guildhall::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::string parsed_value(std::string_view text) {
  const auto entries = parse_env_file(text, ".env");
  return entries.size() == 1 ? entries.front().value : "not one entry";
}

std::string file_refusal(std::string_view text) {
  try {
    static_cast<void>(parse_env_file(text, ".env"));
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(EnvFile, BareValuesAreTrimmed) {
  EXPECT_EQ(parsed_value("A=b"), "b");
  EXPECT_EQ(parsed_value("  A =  b c \t\r\n"), "b c");
  EXPECT_EQ(parsed_value("A="), "");
  EXPECT_EQ(parsed_value("A=it's"), "it's");
  EXPECT_EQ(parsed_value("A=b=c"), "b=c");
  EXPECT_EQ(parsed_value("A=b\\nc"), "b\\nc");
}

TEST(EnvFile, ExportAndTheColonFormAreAccepted) {
  EXPECT_EQ(parsed_value("export A=b"), "b");
  EXPECT_EQ(parsed_value("A: b"), "b");
  EXPECT_EQ(parsed_value("export=b"), "b");
}

TEST(EnvFile, HashStartsACommentOutsideOfQuotes) {
  EXPECT_THAT(parse_env_file("# one\n\n   # two\r\n", ".env"), IsEmpty());
  EXPECT_EQ(parsed_value("A=b # comment"), "b");
  EXPECT_EQ(parsed_value("A=b\t# comment"), "b");
  EXPECT_EQ(parsed_value("A= # comment"), "");
  EXPECT_EQ(parsed_value("A=\"b # c\" # comment"), "b # c");
  EXPECT_EQ(parsed_value("A='b#c'#comment"), "b#c");
}

TEST(EnvFile, HashWithoutWhiteSpaceBeforeItBelongsToTheValue) {
  EXPECT_EQ(parsed_value("A=b#c"), "b#c");
  EXPECT_EQ(parsed_value("A=#b"), "#b");
  EXPECT_EQ(parsed_value("A=b#c # d"), "b#c");
  EXPECT_EQ(parsed_value("A=##"), "##");
}

TEST(EnvFile, WhatOtherReadersTakeDifferentlyIsMarked) {
  const auto entries =
      parse_env_file("export A=1\nB=b # c\nC=$D\nE='$F'\nG=\"${H}\"\nI=\"\\$J\"\nK=5$\nL=$$\n", ".env");
  ASSERT_EQ(entries.size(), 8U);
  EXPECT_TRUE(entries[0].follows_export);
  EXPECT_EQ(entries[1].comment, " # c");
  EXPECT_TRUE(entries[2].has_variable);
  EXPECT_EQ(entries[2].value, "$D");
  EXPECT_FALSE(entries[3].has_variable);
  EXPECT_TRUE(entries[4].has_variable);
  EXPECT_FALSE(entries[5].has_variable);
  EXPECT_EQ(entries[5].value, "$J");
  EXPECT_FALSE(entries[6].has_variable);
  EXPECT_TRUE(entries[7].has_variable);
}

TEST(EnvFile, QuotedValuesAreKept) {
  EXPECT_EQ(parsed_value("A='  b  '"), "  b  ");
  EXPECT_EQ(parsed_value("A=\"it's\""), "it's");
  EXPECT_EQ(parsed_value("A='say \"b\"'"), "say \"b\"");
  EXPECT_EQ(parsed_value("A=`it's \"b\"`"), "it's \"b\"");
  EXPECT_EQ(parsed_value("A=''"), "");
}

TEST(EnvFile, OnlyDoubleQuotesKnowEscapes) {
  EXPECT_EQ(parsed_value("A=\"b\\nc\\rd\\te\\wf\""), "b\nc\rd\te\\wf");
  EXPECT_EQ(parsed_value("A='b\\nc'"), "b\\nc");
  EXPECT_EQ(parsed_value("A=\"b\\\"c\\\\\""), "b\"c\\");
  EXPECT_EQ(parsed_value("A='it\\'s'"), "it's");
}

TEST(RawValue, IsReadAsTheFilesLineWouldBe) {
  EXPECT_EQ(parse_raw_value("  b c\r").value, "b c");
  EXPECT_EQ(parse_raw_value("\"b # c\" # d").value, "b # c");
  EXPECT_EQ(parse_raw_value("'b'").value, "b");
  EXPECT_EQ(parse_raw_value("'b").value, "'b");
  EXPECT_EQ(parse_raw_value("\"a\" and \"b\"").value, "\"a\" and \"b\"");
  EXPECT_EQ(parse_raw_value("\"").value, "\"");
  EXPECT_EQ(parse_raw_value("").value, "");
}

TEST(RawValue, KeepsWhatMayBeAComment) {
  const auto raw = parse_raw_value("b # c");
  EXPECT_EQ(raw.value, "b # c");
  EXPECT_EQ(raw.comment, " # c");
  EXPECT_EQ(parse_raw_value("b#c").comment, "");
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
  EXPECT_EQ(file_refusal("A=1\nhunter2\n"), ".env:2: expected NAME=value");
  EXPECT_EQ(file_refusal("=hunter2\n"), ".env:1: expected NAME=value");
  EXPECT_EQ(file_refusal("MY NAME=hunter2\n"), ".env:1: expected NAME=value");
  EXPECT_EQ(file_refusal("A=1\n\nB=\"hunter2\nC=3\n"), ".env:3: the value's quote is not closed");
  EXPECT_EQ(file_refusal("A='hunter' 2\n"), ".env:1: expected nothing after the value's closing quote");
}

}  // namespace
}  // namespace guildhall::config
