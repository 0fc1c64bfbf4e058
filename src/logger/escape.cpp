#include "logger/escape.hpp"

#include <algorithm>
#include <cstddef>

#include "base/utf8.hpp"

namespace guildhall::logger {
namespace {

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

/// Marks that are not seen but change how what follows them is shown (Unicode's Bidi_Control, line separators, BOM).
bool is_formatting(char32_t c) {
  return c == 0x61C || (c >= 0x200E && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
         c == 0xFEFF;
}

/// JSON's own notation, which people read too.
void append_escape(std::string& out, char32_t c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
    case U'\n': out += "\\n"; return;
    case U'\r': out += "\\r"; return;
    case U'\t': out += "\\t"; return;
    default: break;
  }
  out += "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) out += digits[(c >> shift) & 0xF];
}

/// `text` with each character of `specials` after a backslash, and what is no good in a line escaped.
std::string escape_with(std::string_view text, std::string_view specials, std::size_t longest) {
  std::string out;
  out.reserve(std::min(text.size(), longest) + 2);
  while (!text.empty()) {
    if (out.size() >= longest) return out + "...";
    const std::string_view before = text;
    const auto c = base::take_code_point(text);
    if (!c) {
      out += "\xEF\xBF\xBD";
      text.remove_prefix(1);
    } else if (is_control(*c) || is_formatting(*c)) {
      append_escape(out, *c);
    } else {
      if (*c < 0x80 && specials.find(static_cast<char>(*c)) != std::string_view::npos) out += '\\';
      out += before.substr(0, before.size() - text.size());
    }
  }
  return out;
}

}  // namespace

std::string escape(std::string_view text, std::size_t longest) { return escape_with(text, {}, longest); }

std::string quote(std::string_view text, std::size_t longest) { return '"' + escape_with(text, "\"\\", longest) + '"'; }

}  // namespace guildhall::logger
