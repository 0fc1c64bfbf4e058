#include "config/env_file.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "config/environment.hpp"

namespace guildhall::config {
namespace {

constexpr std::string_view blanks = " \t";
constexpr std::string_view quotes = "'\"`";

bool is_name_character(char c) { return base::is_alnum(c) || c == '_' || c == '.' || c == '-'; }

std::string_view trim_end(std::string_view text) { return text.substr(0, text.find_last_not_of(blanks) + 1); }

/// The character that a backslash before `c` makes of it in double quotes; nothing if both stay.
std::optional<char> escaped(char c) {
  switch (c) {
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case '"':
    case '\\':
    case '$': return c;
    default: return std::nullopt;
  }
}

/// Whether Docker Compose would replace something: `$NAME`, `${NAME}` or `$$`.
bool has_variable(std::string_view text) {
  for (auto dollar = text.find('$'); dollar != std::string_view::npos; dollar = text.find('$', dollar + 1)) {
    const char next = dollar + 1 < text.size() ? text[dollar + 1] : '\0';
    if (base::is_alpha(next) || next == '_' || next == '{' || next == '$') return true;
  }
  return false;
}

/// A value in quotes at the start of a text.
struct Quoted {
  std::string value;
  std::size_t size = 0;  ///< In the text, with the quotes.
  bool has_variable = false;
};

/// Nothing if the quote is not closed.
std::optional<Quoted> read_quoted(std::string_view text) {
  Quoted read;
  const char quote = text.front();
  std::string unescaped;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == quote) {
      read.size = i + 1;
      read.has_variable = quote == '"' && has_variable(unescaped);
      return read;
    }
    const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
    const auto character = quote == '"' ? escaped(next) : next == quote ? std::optional(next) : std::nullopt;
    read.value += character.value_or(text[i]);
    if (character) {
      ++i;
      unescaped += ' ';
    } else {
      unescaped += text[i];
    }
  }
  return std::nullopt;
}

/// Where a bare value's comment begins: at the white space before a `#`. npos if it has none.
std::size_t find_comment(std::string_view line) {
  for (auto hash = line.find('#'); hash != std::string_view::npos; hash = line.find('#', hash + 1)) {
    if (hash > 0 && blanks.find(line[hash - 1]) != std::string_view::npos) {
      return trim_end(line.substr(0, hash)).size();
    }
  }
  return std::string_view::npos;
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
    if (entry.name == "export" && !rest_.empty() && is_name_character(rest_.front())) {
      entry.name = parse_name();
      entry.follows_export = true;
    }
    if (entry.name.empty() || !(rest_.starts_with('=') || rest_.starts_with(": "))) fail("expected NAME=value");
    rest_.remove_prefix(1);
    // White space before a `#` makes it a comment, also where there is no value.
    const bool after_blank = !rest_.empty() && blanks.find(rest_.front()) != std::string_view::npos;
    skip_blanks();
    if (!rest_.empty() && quotes.find(rest_.front()) != std::string_view::npos) {
      parse_quoted(entry);
    } else if (!(after_blank && rest_.starts_with('#'))) {
      parse_bare(entry);
    }
    entry.lines = line_ - entry.line + 1;
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

  void parse_quoted(EnvFileEntry& entry) {
    auto quoted = read_quoted(rest_);
    if (!quoted) fail("the value's quote is not closed");
    line_ += static_cast<std::size_t>(std::ranges::count(rest_.substr(0, quoted->size), '\n'));
    rest_.remove_prefix(quoted->size);
    skip_blanks();
    if (!at_line_end()) fail("expected nothing after the value's closing quote");
    entry.value = std::move(quoted->value);
    entry.has_variable = quoted->has_variable;
  }

  void parse_bare(EnvFileEntry& entry) {
    const auto line = rest_.substr(0, rest_.find_first_of("\r\n"));
    const auto comment = find_comment(line);
    const auto value = trim_end(line.substr(0, comment));
    entry.value = value;
    entry.has_variable = has_variable(value);
    if (comment != std::string_view::npos) entry.comment = line.substr(comment);
    rest_.remove_prefix(line.size());
  }

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

RawValue parse_raw_value(std::string_view text) {
  const auto value = base::trim(text);
  if (!value.empty() && quotes.find(value.front()) != std::string_view::npos) {
    if (auto quoted = read_quoted(value)) {
      const auto after = base::trim(value.substr(quoted->size));
      if (after.empty() || after.front() == '#') return {std::move(quoted->value)};
    }
  }
  RawValue raw{std::string(value)};
  const auto comment = find_comment(value);
  if (comment != std::string_view::npos) raw.comment = value.substr(comment);
  return raw;
}

}  // namespace guildhall::config
