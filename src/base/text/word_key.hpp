#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace guildhall::base {

enum class Case : std::uint8_t { fold, keep };

/// What two words have in common if people take them for the same one (docs/bot.md, Custom commands): the word in NFC,
/// without hidden characters, with Case::fold also without case (Unicode's full case folding), and of a custom emoji
/// the id alone, as its name can change. Words are equal if their keys are. A word of hidden characters alone is its
/// own key. Makes no allocation, and does not ask ICU about words of ASCII.
class WordKey {
 public:
  /// In bytes. The key of a longer word, and of one that is not UTF-8, is empty: it equals no trigger.
  static constexpr std::size_t max_word = 512;

  explicit WordKey(std::string_view word, Case letters = Case::fold);
  WordKey(const WordKey&) = delete;
  WordKey& operator=(const WordKey&) = delete;

  [[nodiscard]] std::string_view view() const { return {text_.data(), size_}; }

 private:
  std::array<char, 3 * max_word> text_;  // NOLINT(cppcoreguidelines-pro-type-member-init): only `size_` of it count
  std::size_t size_ = 0;
};

[[nodiscard]] std::string word_key(std::string_view word, Case letters = Case::fold);

/// Takes the prefix with the key `prefix` off the start of `text`; false, and `text` is unchanged, if it does not begin
/// with it. As cheap as a comparison of bytes where both are ASCII, or the prefix is and the text is not.
[[nodiscard]] bool take_prefix(std::string_view& text, std::string_view prefix);

/// Takes a custom emoji, `<:name:id>` or `<a:name:id>`, off the start of `text` and returns its id, which is empty if
/// there is none.
[[nodiscard]] std::string_view take_custom_emoji(std::string_view& text);

/// The number of characters of `text` as people see it, in which a custom emoji is one.
[[nodiscard]] std::size_t count_characters(std::string_view text);

}  // namespace guildhall::base
