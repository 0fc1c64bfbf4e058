#include "schema/language_tag.hpp"

#include <gtest/gtest.h>

namespace guildhall::schema {
namespace {

TEST(LanguageTag, IsAnyThatTheGrammarGives) {
  for (const auto* tag : {
           "en",
           "EN",
           "de-CH",
           "de-CH-1996",
           "pt-BR",
           "es-419",
           "zh-Hant-TW",
           "sr-Latn-RS",
           "sl-rozaj-biske-1994",
           "zh-cmn-Hans-CN",
           "zh-yue",
           "aaa-bbb-ccc-ddd",
           "ast",
           "abcd",
           "abcdefgh",
           "hy-Latn-IT-arevela",
           "de-DE-u-co-phonebk",
           "en-a-bbb-x-a-ccc",
           "de-a-value",
           "de-CH-x-phonebk",
           "x-private",
           "x-a-b-c",
           "en-x-1",
           "i-klingon",
           "I-Default",
           "en-GB-oed",
           "sgn-BE-FR",
           "art-lojban",
           "zh-min-nan",
           "en-0-abc",
           "de-1901-1abc",
       }) {
    EXPECT_TRUE(is_language_tag(tag)) << tag;
  }
}

TEST(LanguageTag, IsNothingElse) {
  for (const auto* text : {
           "",
           "e",
           "1",
           "en_US",
           "English!",
           "abcdefghi",
           "en-",
           "-en",
           "en--US",
           "en-x",
           "x",
           "x-",
           "x-abcdefghi",
           "en-a",
           "en-a-b",
           "en-a-x-b",
           "de-DE-DE",
           "de-419-DE",
           "de-Latn-Latn",
           "de-1996-1996",
           "de-a-bbb-a-ccc",
           "a-DE",
           "ar-a-aaa-b-bbb-a-ccc",
           "aaa-bbb-ccc-ddd-eee",
           "abcd-eee",
           "i-unknown",
           "en-\xC3\xA9",
           "en US",
           "en-abcdefghi",
           "123",
           "1a",
       }) {
    EXPECT_FALSE(is_language_tag(text)) << text;
  }
}

}  // namespace
}  // namespace guildhall::schema
