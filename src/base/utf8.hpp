#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::base {

/// Takes the first code point off `text`. Nothing, and `text` is unchanged, if it is empty or does not begin with valid
/// UTF-8 (RFC 3629: overlong forms, surrogates and values beyond U+10FFFF are invalid).
[[nodiscard]] std::optional<char32_t> take_code_point(std::string_view& text);

/// The number of Unicode code points in `text`, as Discord counts lengths; nothing if `text` is not UTF-8.
[[nodiscard]] std::optional<std::size_t> count_code_points(std::string_view text);

/// The first `count` code points of `text`; fewer if it is shorter or goes on with invalid UTF-8.
[[nodiscard]] std::string_view first_code_points(std::string_view text, std::size_t count);

/// Cuts a `text` of more than `limit` code points, at least 1, to that many, of which the last is an ellipsis. What
/// follows invalid UTF-8 is cut off as well.
void shorten(std::string& text, std::size_t limit);

/// Whether all of `text` is valid UTF-8.
[[nodiscard]] bool is_utf8(std::string_view text);

/// Unicode's property White_Space (PropList.txt).
[[nodiscard]] constexpr bool is_white_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

}  // namespace guildhall::base
