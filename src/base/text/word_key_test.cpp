#include "base/text/word_key.hpp"

#include <gtest/gtest.h>

namespace guildhall::base {
namespace {

TEST(WordKey, IsTheSameForWhatPeopleTakeForOneWord) {
  const std::vector<std::vector<const char*>> words{
      {"hello", "Hello", "HELLO", "hel\u200Blo", "\uFEFFhello", "h\u00ADello", "hello\u2063"},
      {"❤", "❤️", "❤︎"},
      {"é", "e\u0301", "É", "E\u0301"},
      {"straße", "STRASSE", "STRAẞE", "strasse"},
      {"ὀδυσσεύς", "ὈΔΥΣΣΕΎΣ", "ὀδυσσεύσ"},
      {"привет", "Привет", "ПРИВЕТ"},
      {"한", "\u1112\u1161\u11AB"},
      {"<:wave:123>", "<a:Wave:123>", "<:renamed:123>"},
      {"👨‍👩‍👧", "👨👩👧"},
      {"q\u0323\u0307", "q\u0307\u0323", "Q\u0323\u0307"},
  };
  for (const auto& same : words) {
    for (const auto* word : same) EXPECT_EQ(word_key(word), word_key(same.front())) << word;
  }
}

TEST(WordKey, DiffersForOtherWords) {
  EXPECT_NE(word_key("hello"), word_key("hallo"));
  EXPECT_NE(word_key("e"), word_key("é"));
  EXPECT_NE(word_key("👍"), word_key("👍🏽"));
  EXPECT_NE(word_key("🏴"), word_key("🏴󠁧󠁢󠁥󠁮󠁧󠁿"));
  EXPECT_NE(word_key("🏴󠁧󠁢󠁳󠁣󠁴󠁿"), word_key("🏴󠁧󠁢󠁥󠁮󠁧󠁿"));
  EXPECT_NE(word_key("<:wave:123>"), word_key("<:wave:124>"));
  EXPECT_NE(word_key("İ"), word_key("i"));
}

TEST(WordKey, KeepsTheCaseIfAsked) {
  EXPECT_EQ(word_key("Hello", Case::keep), "Hello");
  EXPECT_EQ(word_key("E\u0301\u200B", Case::keep), "\u00C9");
  EXPECT_NE(word_key("É", Case::keep), word_key("é", Case::keep));
}

TEST(WordKey, OfWhatIsNoWordEqualsNothing) {
  EXPECT_EQ(word_key(std::string(WordKey::max_word + 1, 'a')), "");
  EXPECT_EQ(word_key("a\xFF"), "");
  EXPECT_EQ(word_key("\u200B"), "\u200B");
  EXPECT_EQ(word_key(std::string(WordKey::max_word, 'A')), std::string(WordKey::max_word, 'a'));
  std::string longest;
  while (longest.size() + 3 <= WordKey::max_word) longest += "\u1F82";  // decomposes to four characters
  EXPECT_FALSE(word_key(longest).empty());
}

/// What is left after the prefix, or "none".
std::string after(std::string_view prefix, std::string_view text) {
  return take_prefix(text, word_key(prefix)) ? std::string(text) : "none";
}

TEST(Prefix, IsTakenOffAsWordsAreCompared) {
  EXPECT_EQ(after("!", "!hello"), "hello");
  EXPECT_EQ(after("!", "!\u043F"), "\u043F");
  EXPECT_EQ(after("!", "\u200B!hello"), "hello");
  EXPECT_EQ(after("p!", "P!hello"), "hello");
  EXPECT_EQ(after("p!", "p\u200B!hello"), "hello");
  EXPECT_EQ(after("Бот", "бОТ x"), " x");
  EXPECT_EQ(after("é!", "E\u0301!x"), "x");
  EXPECT_EQ(after("❤", "❤️x"), "\uFE0Fx");
  EXPECT_EQ(after("❤️", "❤x"), "x");
  EXPECT_EQ(after("<:hall:42>", "<a:Hall:42> x"), " x");
  EXPECT_EQ(after("<:hall:42>!", "<:hall:42>!x"), "x");
}

TEST(Prefix, MustBeThereAsAWhole) {
  for (const auto* text : {"", "?hello", "é", "привет", "\u200B", "<:hall:43>", "<:hall:42", "<@42>"}) {
    EXPECT_EQ(after("!", text), "none") << text;
    EXPECT_EQ(after("<:hall:42>", text), "none") << text;
  }
  EXPECT_EQ(after("e", "e\u0301"), "none");
  EXPECT_EQ(after("é", "e"), "none");
  EXPECT_EQ(after("bot", "bo"), "none");
  EXPECT_EQ(after("!", "\xFF"), "none");
}

TEST(Characters, AreCountedWithACustomEmojiAsOne) {
  EXPECT_EQ(count_characters(""), 0U);
  EXPECT_EQ(count_characters("aé🤖"), 3U);
  EXPECT_EQ(count_characters("<:hall:42>!"), 2U);
  EXPECT_EQ(count_characters("<:hall:x>"), 9U);
}

}  // namespace
}  // namespace guildhall::base
