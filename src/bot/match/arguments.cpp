#include "bot/match/arguments.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/utf8.hpp"

namespace guildhall::bot {
namespace {

constexpr std::string_view straight = "\"";
/// Which of them opens and which closes depends on the language of the phone.
constexpr std::array<std::string_view, 10> typographic{"\u201C", "\u201D", "\u201E", "\u201F", "\u00AB",
                                                       "\u00BB", "\u300C", "\u300D", "\u300E", "\u300F"};

std::string_view quote_at_start(std::string_view text) {
  if (text.starts_with(straight)) return straight;
  const auto* const found =
      std::ranges::find_if(typographic, [&](std::string_view quote) { return text.starts_with(quote); });
  return found == typographic.end() ? std::string_view() : *found;
}

/// The bytes of the white space character that `text` begins with, or 0.
std::size_t white_space_at_start(std::string_view text) {
  const auto size = text.size();
  // Bytes that are not UTF-8 are part of a word.
  const auto code_point = base::take_code_point(text);
  return code_point && base::is_white_space(*code_point) ? size - text.size() : 0;
}

bool ends_argument(std::string_view rest) { return rest.empty() || white_space_at_start(rest) > 0; }

void skip_white_space(std::string_view& text) {
  while (const auto size = white_space_at_start(text)) text.remove_prefix(size);
}

/// Finds quoted arguments. After a quote without counterpart no later one of its kind has one either; remembering that
/// keeps a message full of quotes from taking quadratic time.
class QuoteReader {
 public:
  /// Removes a quoted argument from the start of `text`.
  std::optional<std::string_view> take(std::string_view& text) {
    const auto opening = quote_at_start(text);
    if (opening.empty()) return std::nullopt;
    bool& can_close = opening == straight ? straight_can_close_ : typographic_can_close_;
    if (!can_close) return std::nullopt;
    for (auto rest = text.substr(opening.size()); !rest.empty(); rest.remove_prefix(1)) {
      const auto closing = quote_at_start(rest);
      const bool matches = !closing.empty() && (opening != straight || closing == straight);
      if (!matches || !ends_argument(rest.substr(closing.size()))) continue;
      const auto quoted = text.substr(opening.size(), text.size() - opening.size() - rest.size());
      text = rest.substr(closing.size());
      return quoted;
    }
    can_close = false;
    return std::nullopt;
  }

 private:
  bool straight_can_close_ = true;
  bool typographic_can_close_ = true;
};

}  // namespace

std::string_view take_word(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size()) {
    // Letters and digits need no decoding: white space begins with a byte up to 0x20 or beyond ASCII.
    const auto byte = static_cast<unsigned char>(text[end]);
    if ((byte <= 0x20 || byte >= 0x80) && white_space_at_start(text.substr(end)) > 0) break;
    ++end;
  }
  const auto word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

std::vector<std::string_view> split_arguments(std::string_view text) {
  std::vector<std::string_view> arguments;
  QuoteReader quotes;
  for (skip_white_space(text); !text.empty(); skip_white_space(text)) {
    const auto quoted = quotes.take(text);
    arguments.push_back(quoted ? *quoted : take_word(text));
  }
  return arguments;
}

}  // namespace guildhall::bot
