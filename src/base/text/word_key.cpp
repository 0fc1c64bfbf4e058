#include "base/text/word_key.hpp"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "base/text/hidden.hpp"
#include "base/utf8.hpp"

namespace guildhall::base {
namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

const UNormalizer2* nfc() {
  UErrorCode status = U_ZERO_ERROR;
  return unorm2_getNFCInstance(&status);
}

const UNormalizer2* nfd() {
  UErrorCode status = U_ZERO_ERROR;
  return unorm2_getNFDInstance(&status);
}

/// UTF-16 in a buffer on the stack. Nothing decomposes or folds to more than 1.5 units for each byte of its UTF-8.
class Units {
 public:
  static constexpr std::int32_t capacity = 2 * WordKey::max_word;

  void append(char32_t character) {
    UBool failed = 0;
    U16_APPEND(units_.data(), size_, capacity, static_cast<UChar32>(character), failed);
    if (failed != 0) status_ = U_BUFFER_OVERFLOW_ERROR;
  }
  void append(std::string_view ascii) {
    for (const char c : ascii) append(static_cast<char32_t>(c));
  }

  void normalise(const UNormalizer2* form, const Units& from) {
    status_ = from.status_;
    size_ = unorm2_normalize(form, from.units_.data(), from.size_, units_.data(), capacity, &status_);
  }
  void fold(const Units& from) {
    status_ = from.status_;
    size_ = u_strFoldCase(units_.data(), capacity, from.units_.data(), from.size_, U_FOLD_CASE_DEFAULT, &status_);
  }

  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t write(char* into, std::size_t max) const {
    auto status = status_;
    std::int32_t written = 0;
    u_strToUTF8(into, static_cast<std::int32_t>(max), &written, units_.data(), size_, &status);
    return U_FAILURE(status) ? 0 : static_cast<std::size_t>(written);
  }

 private:
  std::array<char16_t, capacity> units_;  // NOLINT(cppcoreguidelines-pro-type-member-init): only `size_` of them count
  std::int32_t size_ = 0;
  UErrorCode status_ = U_ZERO_ERROR;
};

/// The visible characters of `word`; false if it is not UTF-8.
bool read_visible(std::string_view word, Units& into) {
  bool in_flag = false;
  while (!word.empty()) {
    if (const auto emoji = take_custom_emoji(word); !emoji.empty()) {
      into.append("<:");
      into.append(emoji);
      into.append(">");
      in_flag = false;
      continue;
    }
    const auto character = take_code_point(word);
    if (!character) return false;
    in_flag = *character == black_flag || (in_flag && is_tag(*character));
    if (in_flag || !is_hidden(*character)) into.append(*character);
  }
  return true;
}

/// The first character of `text` with the marks that follow and may combine with it.
std::string_view composed_character(std::string_view text) {
  auto rest = text;
  if (!take_code_point(rest)) return {};
  for (auto next = rest; const auto character = take_code_point(next); rest = next) {
    if (unorm2_hasBoundaryBefore(nfc(), static_cast<UChar32>(*character)) != 0) break;
  }
  return text.substr(0, text.size() - rest.size());
}

/// Takes as much off both as the first character of `text` is; false if they differ.
bool take_character(std::string_view& text, std::string_view& prefix) {
  const auto character = composed_character(text);
  if (character.empty()) return false;
  const WordKey key(character);
  if (key.view().empty() || !prefix.starts_with(key.view())) return false;
  text.remove_prefix(character.size());
  prefix.remove_prefix(key.view().size());
  return true;
}

bool take_hidden(std::string_view& text) {
  auto rest = text;
  const auto character = take_code_point(rest);
  if (!character || !is_hidden(*character)) return false;
  text = rest;
  return true;
}

}  // namespace

WordKey::WordKey(std::string_view word, Case letters) {
  if (word.size() > max_word) return;
  if (std::ranges::all_of(word, [](char c) { return is_ascii(c) && c != '<'; })) {
    size_ = word.size();
    std::ranges::transform(word, text_.begin(), [&](char c) { return letters == Case::fold ? to_lower(c) : c; });
    return;
  }
  Units first;
  Units second;
  if (!read_visible(word, first)) return;
  if (first.empty()) {
    size_ = word.copy(text_.data(), text_.size());
    return;
  }
  // Unicode 3.13, D145: decomposed before it is folded, and again after.
  second.normalise(nfd(), first);
  if (letters == Case::fold) {
    first.fold(second);
    std::swap(first, second);
  }
  first.normalise(nfc(), second);
  size_ = first.write(text_.data(), text_.size());
}

std::string word_key(std::string_view word, Case letters) { return std::string(WordKey(word, letters).view()); }

bool take_prefix(std::string_view& text, std::string_view prefix) {
  auto rest = text;
  while (!prefix.empty()) {
    if (rest.empty()) return false;
    if (is_ascii(rest.front()) && rest.front() != '<' && (rest.size() == 1 || is_ascii(rest[1]))) {
      if (to_lower(rest.front()) != prefix.front()) return false;
      rest.remove_prefix(1);
      prefix.remove_prefix(1);
      continue;
    }
    if (take_hidden(rest)) continue;
    if (is_ascii(prefix.front()) && to_lower(rest.front()) != prefix.front()) return false;
    auto after_emoji = rest;
    if (const auto emoji = take_custom_emoji(after_emoji); !emoji.empty()) {
      const WordKey key(rest.substr(0, rest.size() - after_emoji.size()));
      if (!prefix.starts_with(key.view())) return false;
      prefix.remove_prefix(key.view().size());
      rest = after_emoji;
    } else if (!take_character(rest, prefix)) {
      return false;
    }
  }
  text = rest;
  return true;
}

std::string_view take_custom_emoji(std::string_view& text) {
  if (!text.starts_with('<')) return {};
  auto rest = text.substr(1);
  if (rest.starts_with('a')) rest.remove_prefix(1);
  if (!rest.starts_with(':')) return {};
  rest.remove_prefix(1);
  const auto name = take_until(rest, ':');
  if (name.empty() || !std::ranges::all_of(name, [](char c) { return is_alnum(c) || c == '_' || c == '~'; })) return {};
  const auto end = rest.find('>');
  const auto id = rest.substr(0, end);
  constexpr std::size_t max_id = 20;
  if (end == std::string_view::npos || id.empty() || id.size() > max_id || !std::ranges::all_of(id, is_digit))
    return {};
  text = rest.substr(end + 1);
  return id;
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) {
    if (take_custom_emoji(text).empty() && !take_code_point(text)) text.remove_prefix(1);
  }
  return count;
}

}  // namespace guildhall::base
