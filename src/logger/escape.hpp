#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace guildhall::logger {

/// Where texts are cut, in bytes, and where stack traces are.
inline constexpr std::size_t longest_text = 4096;
inline constexpr std::size_t longest_trace = 16 * 1024;

/// `text` as UTF-8 without any character that could break the line or act on a terminal: control characters, line
/// separators and the marks that change the direction of writing become `\n`, `\t`, `\u001b`; bytes that are no UTF-8
/// become U+FFFD. Cut after `longest` bytes, with `...` in place of the rest.
[[nodiscard]] std::string escape(std::string_view text, std::size_t longest = longest_text);

/// A JSON string (RFC 8259) of `text`, quotes included, escaped and cut as above.
[[nodiscard]] std::string quote(std::string_view text, std::size_t longest = longest_text);

}  // namespace guildhall::logger
