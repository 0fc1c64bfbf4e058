#include "schema/format.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "base/id.hpp"
#include "base/utf8.hpp"
#include "schema/language_tag.hpp"

namespace guildhall::schema::format {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// `scheme` in lower case.
bool has_scheme(std::string_view text, std::string_view scheme) {
  if (text.size() < scheme.size() + 3 || text.substr(scheme.size(), 3) != "://") return false;
  return std::equal(scheme.begin(), scheme.end(), text.begin(),
                    [](char expected, char c) { return expected == (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
}

bool is_one_word(std::string_view text) {
  while (const auto c = base::take_code_point(text)) {
    const bool control = *c < 0x20 || (*c >= 0x7F && *c < 0xA0);
    if (control || base::is_white_space(*c)) return false;
  }
  return text.empty();
}

bool is_url_after_scheme(std::string_view text) {
  const std::string_view rest = text.substr(text.find("://") + 3);
  const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
  return !host.empty() && is_one_word(rest) && rest.find_first_of("\"<>\\") == std::string_view::npos;
}

bool is_web_url(std::string_view text) {
  return (has_scheme(text, "https") || has_scheme(text, "http")) && is_url_after_scheme(text);
}

bool is_link_url(std::string_view text) {
  return is_web_url(text) || (has_scheme(text, "discord") && is_url_after_scheme(text));
}

bool is_snowflake(std::string_view text) { return base::GuildId::parse(text).has_value(); }

/// Reads what RFC 3339 section 5.6 writes, from left to right.
class DateTimeReader {
 public:
  explicit DateTimeReader(std::string_view text) : rest_(text) {}

  bool read() { return date() && one_of("Tt") && time() && zone() && rest_.empty(); }

 private:
  bool date() {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    if (!(number(4, year) && one_of("-") && number(2, month) && one_of("-") && number(2, day))) return false;
    return (std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)).ok();
  }

  bool time() {
    unsigned hour = 0;
    unsigned minute = 0;
    unsigned second = 0;
    if (!(number(2, hour) && one_of(":") && number(2, minute) && one_of(":") && number(2, second))) return false;
    if (hour > 23 || minute > 59 || second > 59) return false;
    if (!one_of(".")) return true;
    const std::size_t digits = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    rest_.remove_prefix(digits);
    return digits > 0;
  }

  bool zone() {
    if (one_of("Zz")) return true;
    unsigned hour = 0;
    unsigned minute = 0;
    return one_of("+-") && number(2, hour) && one_of(":") && number(2, minute) && hour <= 23 && minute <= 59;
  }

  bool one_of(std::string_view characters) {
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }

  template <class Number>
  bool number(std::size_t digits, Number& into) {
    if (rest_.size() < digits || !std::all_of(rest_.begin(), rest_.begin() + digits, is_digit)) return false;
    std::from_chars(rest_.data(), rest_.data() + digits, into);
    rest_.remove_prefix(digits);
    return true;
  }

  std::string_view rest_;
};

bool is_date_time(std::string_view text) { return DateTimeReader(text).read(); }

std::optional<std::int64_t> read_hex_color(std::string_view text) {
  if (text.size() != 7 || text.front() != '#') return std::nullopt;
  std::int64_t color = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data() + 1, end, color, 16);
  if (error != std::errc{} || stopped != end || color < 0) return std::nullopt;
  return color;
}

}  // namespace

constexpr Format web_url{"", "[Hh][Tt][Tt][Pp][Ss]?://\\S+", &is_web_url,
                         "Must be a URL that begins with http:// or https://."};
constexpr Format link_url{"", "([Hh][Tt][Tt][Pp][Ss]?|[Dd][Ii][Ss][Cc][Oo][Rr][Dd])://\\S+", &is_link_url,
                          "Must be a URL that begins with http://, https:// or discord://."};
constexpr Format snowflake{"", "[0-9]{1,20}", &is_snowflake, "Must be an id of Discord: digits, at most 2^64-1."};
constexpr Format date_time{"date-time", "", &is_date_time, "Must be a date and time as in 2026-01-31T12:34:56.789Z."};
constexpr Format language_tag{"", "[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*", &is_language_tag,
                              "Must be a BCP 47 language tag, such as en or pt-BR."};
constexpr Format one_word{"", "\\S+", &is_one_word, "Must not hold white space or control characters."};
constexpr Spelling hex_color{"#[0-9A-Fa-f]{6}", &read_hex_color,
                             "Must be a number from 0 to 16777215, or a text such as \"#5865f2\"."};

}  // namespace guildhall::schema::format
