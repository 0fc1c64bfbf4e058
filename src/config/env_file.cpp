#include "config/env_file.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "config/environment.hpp"

namespace guildhall::config {
namespace {

constexpr std::string_view blanks = " \t";
constexpr std::string_view quotes = "'\"`";

bool is_name_character(char c) { return base::is_alnum(c) || c == '_' || c == '.' || c == '-'; }

/// Replaces `\n` and `\r`. Any other backslash stays, as with dotenv.
std::string expand_line_ends(std::string_view text) {
  std::string expanded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
    if (next == 'n' || next == 'r') {
      expanded += next == 'n' ? '\n' : '\r';
      ++i;
    } else {
      expanded += text[i];
    }
  }
  return expanded;
}

class Parser {
 public:
  Parser(std::string_view text, std::string_view file) : rest_(text), file_(file) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (rest_.starts_with(byte_order_mark)) rest_.remove_prefix(byte_order_mark.size());
  }

  std::vector<EnvFileEntry> parse() {
    std::vector<EnvFileEntry> entries;
    while (!rest_.empty()) {
      skip_blanks();
      if (at_line_end()) {
        skip_line();
      } else {
        entries.push_back(parse_entry());
      }
    }
    return entries;
  }

 private:
  EnvFileEntry parse_entry() {
    EnvFileEntry entry;
    entry.line = line_;
    entry.name = parse_name();
    if (entry.name == "export" && !rest_.empty() && is_name_character(rest_.front())) entry.name = parse_name();
    if (entry.name.empty() || !(rest_.starts_with('=') || rest_.starts_with(": "))) fail("expected NAME=value");
    rest_.remove_prefix(1);
    skip_blanks();
    const bool in_quotes = !rest_.empty() && quotes.find(rest_.front()) != std::string_view::npos;
    entry.value = in_quotes ? parse_quoted() : parse_bare();
    skip_line();
    return entry;
  }

  std::string parse_name() {
    const auto end = std::ranges::find_if_not(rest_, is_name_character);
    std::string name(rest_.begin(), end);
    rest_.remove_prefix(name.size());
    skip_blanks();
    return name;
  }

  std::string parse_quoted() {
    const char quote = rest_.front();
    std::size_t end = 1;
    while (end < rest_.size() && rest_[end] != quote) end += rest_[end] == '\\' && next_is(end, quote) ? 2U : 1U;
    if (end >= rest_.size()) fail("the value's quote is not closed");
    const std::string_view inner = rest_.substr(1, end - 1);
    line_ += static_cast<std::size_t>(std::ranges::count(inner, '\n'));
    rest_.remove_prefix(end + 1);
    skip_blanks();
    if (!at_line_end()) fail("expected nothing after the value's closing quote");
    return quote == '"' ? expand_line_ends(inner) : std::string(inner);
  }

  std::string parse_bare() {
    const std::string_view value = rest_.substr(0, rest_.find_first_of("#\r\n"));
    rest_.remove_prefix(value.size());
    return std::string(value.substr(0, value.find_last_not_of(blanks) + 1));
  }

  [[nodiscard]] bool next_is(std::size_t at, char c) const { return at + 1 < rest_.size() && rest_[at + 1] == c; }

  [[nodiscard]] bool at_line_end() const {
    return rest_.empty() || rest_.front() == '#' || rest_.front() == '\n' || rest_.front() == '\r';
  }

  void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size())); }

  void skip_line() {
    const auto end = rest_.find('\n');
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    ++line_;
  }

  [[noreturn]] void fail(std::string_view expectation) const {
    throw Error(std::string(file_) + ":" + std::to_string(line_) + ": " + std::string(expectation));
  }

  std::string_view rest_;
  std::string_view file_;
  std::size_t line_ = 1;
};

}  // namespace

std::vector<EnvFileEntry> parse_env_file(std::string_view text, std::string_view file) {
  return Parser(text, file).parse();
}

}  // namespace guildhall::config
