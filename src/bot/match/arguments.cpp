#include "bot/match/arguments.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/utf8.hpp"

namespace guildhall::bot {
namespace {

constexpr std::string_view straight = "\"";
/// U+201C, U+201D, U+201E: which of them opens and which closes depends on the language of the phone.
constexpr std::array<std::string_view, 3> typographic{"\u201C", "\u201D", "\u201E"};

std::string_view quote_at_start(std::string_view text) {
  if (text.starts_with(straight)) return straight;
  const auto* const found =
      std::ranges::find_if(typographic, [&](std::string_view quote) { return text.starts_with(quote); });
  return found == typographic.end() ? std::string_view() : *found;
}

/// How many bytes the white space at the start of `text` takes; 0 where there is none.
std::size_t white_space_at_start(std::string_view text) {
  const auto size = text.size();
  // A message may hold bytes that are no UTF-8 only if Discord changed its mind: then they are part of a word.
  const auto code_point = base::take_code_point(text);
  return code_point && base::is_white_space(*code_point) ? size - text.size() : 0;
}

bool ends_argument(std::string_view rest) { return rest.empty() || white_space_at_start(rest) > 0; }

void skip_white_space(std::string_view& text) {
  while (const auto size = white_space_at_start(text)) text.remove_prefix(size);
}

/// Finds what is quoted. Once a quote was found that nobody closes, neither does anybody close a later one of its kind,
/// and looking again and again would take long in a message full of quotes.
class Quotes {
 public:
  /// What stands between the quote that `text` begins with and the one that closes it; `text` then goes on behind that.
  std::optional<std::string_view> take(std::string_view& text) {
    const auto opening = quote_at_start(text);
    if (opening.empty()) return std::nullopt;
    bool& closes = opening == straight ? straight_closes_ : typographic_closes_;
    if (!closes) return std::nullopt;
    for (auto rest = text.substr(opening.size()); !rest.empty(); rest.remove_prefix(1)) {
      const auto closing = quote_at_start(rest);
      const bool matches = !closing.empty() && (opening != straight || closing == straight);
      if (!matches || !ends_argument(rest.substr(closing.size()))) continue;
      const auto quoted = text.substr(opening.size(), text.size() - opening.size() - rest.size());
      text = rest.substr(closing.size());
      return quoted;
    }
    closes = false;
    return std::nullopt;
  }

 private:
  bool straight_closes_ = true;
  bool typographic_closes_ = true;
};

}  // namespace

std::string_view take_word(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size()) {
    // White space begins with a byte up to a space's, or with one beyond ASCII.
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
  Quotes quotes;
  for (skip_white_space(text); !text.empty(); skip_white_space(text)) {
    const auto quoted = quotes.take(text);
    arguments.push_back(quoted ? *quoted : take_word(text));
  }
  return arguments;
}

}  // namespace guildhall::bot
