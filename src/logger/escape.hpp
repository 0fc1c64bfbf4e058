#pragma once

#include <string>
#include <string_view>

namespace guildhall::logger {

/// `text` as UTF-8 without any character that could break the line or act on a terminal: control characters, line
/// separators and the marks that change the direction of writing become `\n`, `\t`, `\u001b`; bytes that are no UTF-8
/// become U+FFFD. Cut after 4096 bytes, with `...` in place of the rest.
[[nodiscard]] std::string escape(std::string_view text);

/// A JSON string (RFC 8259) of `text`, quotes included, escaped and cut as above.
[[nodiscard]] std::string quote(std::string_view text);

}  // namespace guildhall::logger
