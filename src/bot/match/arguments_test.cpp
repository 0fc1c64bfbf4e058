#include "bot/match/arguments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace guildhall::bot {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Arguments, AreSplitOnWhiteSpace) {
  EXPECT_THAT(split_arguments("one  two\tthree\nfour"), ElementsAre("one", "two", "three", "four"));
  EXPECT_THAT(split_arguments(" no-break\u00A0space and ideographic\u3000one "),
              ElementsAre("no-break", "space", "and", "ideographic", "one"));
  EXPECT_THAT(split_arguments(""), IsEmpty());
  EXPECT_THAT(split_arguments("  \n "), IsEmpty());
}

TEST(Arguments, QuotesKeepTogether) {
  EXPECT_THAT(split_arguments(R"("Ada Lovelace" wrote "the first  program")"),
              ElementsAre("Ada Lovelace", "wrote", "the first  program"));
  EXPECT_THAT(split_arguments(R"("" after nothing)"), ElementsAre("", "after", "nothing"));
  EXPECT_THAT(split_arguments(R"("a "quoted" word")"), ElementsAre(R"(a "quoted)", R"(word")"));
}

TEST(Arguments, PhonesQuotesKeepTogetherToo) {
  EXPECT_THAT(split_arguments("“Ada Lovelace” wrote"), ElementsAre("Ada Lovelace", "wrote"));
  EXPECT_THAT(split_arguments("„Ada Lovelace“ schrieb"), ElementsAre("Ada Lovelace", "schrieb"));
  EXPECT_THAT(split_arguments("«Ada Lovelace» a écrit"), ElementsAre("Ada Lovelace", "a", "écrit"));
  EXPECT_THAT(split_arguments("「Ada Lovelace」 x"), ElementsAre("Ada Lovelace", "x"));
  EXPECT_THAT(split_arguments("”Ada Lovelace” skrev"), ElementsAre("Ada Lovelace", "skrev"));
  EXPECT_THAT(split_arguments("“half and half\" done"), ElementsAre("half and half", "done"));
}

TEST(Arguments, AQuoteThatDoesNotKeepAnythingTogetherIsACharacter) {
  EXPECT_THAT(split_arguments(R"(a 5" pipe)"), ElementsAre("a", R"(5")", "pipe"));
  EXPECT_THAT(split_arguments(R"("not closed)"), ElementsAre(R"("not)", "closed"));
  EXPECT_THAT(split_arguments(R"("straight” is not curly)"), ElementsAre(R"("straight”)", "is", "not", "curly"));
  EXPECT_THAT(split_arguments(R"(")"), ElementsAre(R"(")"));
  EXPECT_THAT(split_arguments(R"(say="two words")"), ElementsAre(R"(say="two)", R"(words")"));
}

TEST(Arguments, OfBytesThatAreNoTextAreTakenAsTheyAre) {
  EXPECT_THAT(split_arguments("a\xFF\xC3 b"), ElementsAre("a\xFF\xC3", "b"));
}

TEST(Word, EndsBeforeWhiteSpace) {
  std::string_view text = "trigger\u2003rest";
  EXPECT_EQ(take_word(text), "trigger");
  EXPECT_EQ(text, "\u2003rest");
  std::string_view alone = "\U0001F916é";
  EXPECT_EQ(take_word(alone), "\U0001F916é");
  EXPECT_EQ(alone, "");
}

}  // namespace
}  // namespace guildhall::bot
