#pragma once

#include <algorithm>
#include <charconv>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace guildhall::base {

// Classes of ASCII characters, whatever the locale.

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool is_alpha(char c) { return is_lower(c) || is_upper(c); }
[[nodiscard]] constexpr bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }
[[nodiscard]] constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
[[nodiscard]] constexpr char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

[[nodiscard]] inline std::string to_lower(std::string text) {
  for (char& c : text) c = to_lower(c);
  return text;
}

/// `text` without the characters of `blanks` around it.
[[nodiscard]] constexpr std::string_view trim(std::string_view text, std::string_view blanks = " \t\r\n") {
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Takes what is before the first `separator` off `text`, and the separator with it; all of it if there is none.
[[nodiscard]] constexpr std::string_view take_until(std::string_view& text, char separator) {
  const auto end = std::min(text.find(separator), text.size());
  const auto taken = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return taken;
}

/// All of `texts`, with `separator` between them.
template <class Texts>
[[nodiscard]] std::string join(const Texts& texts, std::string_view separator = ", ") {
  std::string joined;
  for (const auto& text : texts) {
    if (!joined.empty()) joined += separator;
    joined += text;
  }
  return joined;
}

/// The number that all of `text` is, as std::from_chars reads it; nothing if it is none or does not fit.
template <std::integral Number>
[[nodiscard]] std::optional<Number> parse_number(std::string_view text, int base = 10) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace guildhall::base
