#include "base/text/hidden.hpp"

#include <unicode/uchar.h>

#include <array>
#include <charconv>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace guildhall::base {
namespace {

constexpr char32_t joiner = 0x200D;
constexpr char32_t non_joiner = 0x200C;
constexpr char32_t empty_braille = 0x2800;
constexpr int virama_class = 9;  // Canonical_Combining_Class

UChar32 icu(char32_t character) { return static_cast<UChar32>(character); }
bool has(char32_t character, UProperty property) { return u_hasBinaryProperty(icu(character), property) != 0; }

bool is_variation_selector(char32_t c) { return has(c, UCHAR_VARIATION_SELECTOR); }
bool is_pictograph(char32_t c) { return has(c, UCHAR_EXTENDED_PICTOGRAPHIC) || has(c, UCHAR_EMOJI_MODIFIER); }
bool joins(char32_t c) { return u_getIntPropertyValue(icu(c), UCHAR_JOINING_TYPE) != U_JT_NON_JOINING; }

/// Looks at the characters of a text in turn.
class HiddenFinder {
 public:
  /// Whether `character`, which `rest` follows, is hidden without being a part of what is seen.
  bool is_stray(char32_t character, std::string_view rest) {
    const bool stray = is_hidden(character) && !belongs(character, rest);
    if (!stray) {
      in_flag_ = character == black_flag || (in_flag_ && is_tag(character));
      if (!is_variation_selector(character)) visible_ = character;
    }
    return stray;
  }

 private:
  bool belongs(char32_t character, std::string_view rest) const {
    if (is_tag(character)) return in_flag_;
    if (is_variation_selector(character)) return takes_variation_selector();
    if (character != joiner && character != non_joiner) return false;
    const auto next = take_code_point(rest).value_or(0);
    if (character == joiner && is_pictograph(visible_) && is_pictograph(next)) return true;
    if (u_getCombiningClass(icu(visible_)) == virama_class) return true;  // RFC 5892, appendix A
    return visible_ != 0 && joins(visible_) && joins(next) && !is_hidden(next);
  }

  bool takes_variation_selector() const {
    constexpr char32_t first_mongolian = 0x1800;
    constexpr char32_t last_mongolian = 0x18AF;
    return has(visible_, UCHAR_EMOJI) || has(visible_, UCHAR_EXTENDED_PICTOGRAPHIC) ||
           has(visible_, UCHAR_IDEOGRAPHIC) || (visible_ >= first_mongolian && visible_ <= last_mongolian);
  }

  char32_t visible_ = 0;  // the last one that is no variation selector
  bool in_flag_ = false;
};

}  // namespace

bool is_hidden(char32_t c) {
  constexpr char32_t first = 0xAD;
  if (c < first) return false;
  return has(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || c == empty_braille || (c >= 0xFFF9 && c <= 0xFFFB);
}

std::optional<char32_t> find_hidden(std::string_view text) {
  HiddenFinder finder;
  while (const auto character = take_code_point(text)) {
    if (finder.is_stray(*character, text)) return character;
  }
  return std::nullopt;
}

std::string without_hidden(std::string_view text) {
  HiddenFinder finder;
  std::string kept;
  for (auto rest = text; !rest.empty();) {
    const auto before = rest;
    const auto character = take_code_point(rest);
    if (!character) rest.remove_prefix(1);
    if (!character || !finder.is_stray(*character, rest)) kept += before.substr(0, before.size() - rest.size());
  }
  return kept;
}

std::string code_point_name(char32_t character) {
  std::array<char, 8> digits{};
  const auto end = std::to_chars(digits.begin(), digits.end(), static_cast<std::uint32_t>(character), 16).ptr;
  std::string name(digits.begin(), end);
  for (char& digit : name) digit = to_upper(digit);
  return "U+" + std::string(name.size() < 4 ? 4 - name.size() : 0, '0') + name;
}

}  // namespace guildhall::base
