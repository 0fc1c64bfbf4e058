#include "schema/format.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/date_time.hpp"
#include "base/id.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "schema/language_tag.hpp"

namespace guildhall::schema::format {
namespace {

/// `scheme` in lower case.
bool has_scheme(std::string_view text, std::string_view scheme) {
  if (text.size() < scheme.size() + 3 || text.substr(scheme.size(), 3) != "://") return false;
  return std::equal(scheme.begin(), scheme.end(), text.begin(),
                    [](char expected, char c) { return expected == base::to_lower(c); });
}

bool is_one_word(std::string_view text) {
  while (const auto c = base::take_code_point(text)) {
    const bool control = *c < 0x20 || (*c >= 0x7F && *c < 0xA0);
    if (control || base::is_white_space(*c)) return false;
  }
  return text.empty();
}

/// Something that a name or an address may consist of, as `https://.` has nothing of it.
bool has_letter(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return base::is_alnum(c) || static_cast<unsigned char>(c) >= 0x80; });
}

bool is_url_after_scheme(std::string_view text) {
  const std::string_view rest = text.substr(text.find("://") + 3);
  const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
  return (has_letter(host) || host == "-") && is_one_word(rest) &&
         rest.find_first_of("\"<>\\") == std::string_view::npos;
}

bool is_web_url(std::string_view text) {
  return (has_scheme(text, "https") || has_scheme(text, "http")) && is_url_after_scheme(text);
}

bool is_link_url(std::string_view text) {
  return is_web_url(text) || (has_scheme(text, "discord") && is_url_after_scheme(text));
}

/// Takes `${...}` off the start of `text`.
bool take_placeholder(std::string_view& text) {
  constexpr std::size_t max_length = 100;
  if (!text.starts_with("${")) return false;
  const auto end = text.find('}');
  if (end == std::string_view::npos || end > max_length) return false;
  text.remove_prefix(end + 1);
  return true;
}

/// A URL that `text` can become: placeholders stand for a letter, at the start for all that a URL needs.
std::string filled_in(std::string_view text) {
  std::string filled;
  if (take_placeholder(text)) filled = "https://x";
  while (!text.empty()) {
    if (take_placeholder(text)) {
      filled += 'x';
    } else {
      filled += text.front();
      text.remove_prefix(1);
    }
  }
  return filled;
}

bool is_final_web_url(std::string_view text) { return is_web_url(text) && text.find("${") == std::string_view::npos; }
bool is_final_link_url(std::string_view text) { return is_link_url(text) && text.find("${") == std::string_view::npos; }

bool is_web_url_template(std::string_view text) { return is_web_url(filled_in(text)); }
bool is_link_url_template(std::string_view text) { return is_link_url(filled_in(text)); }

bool is_snowflake(std::string_view text) { return base::GuildId::parse(text).has_value(); }

bool is_date_time(std::string_view text) { return base::parse_date_time(text).has_value(); }
std::string normal_date_time(std::string_view text) { return base::to_iso8601(*base::parse_date_time(text)); }

/// discord.js's Colors, in lower case.
constexpr std::array<std::pair<std::string_view, std::int64_t>, 30> color_names{{
    {"default", 0x000000},
    {"white", 0xFFFFFF},
    {"aqua", 0x1ABC9C},
    {"green", 0x57F287},
    {"blue", 0x3498DB},
    {"yellow", 0xFEE75C},
    {"purple", 0x9B59B6},
    {"luminousvividpink", 0xE91E63},
    {"fuchsia", 0xEB459E},
    {"gold", 0xF1C40F},
    {"orange", 0xE67E22},
    {"red", 0xED4245},
    {"grey", 0x95A5A6},
    {"navy", 0x34495E},
    {"darkaqua", 0x11806A},
    {"darkgreen", 0x1F8B4C},
    {"darkblue", 0x206694},
    {"darkpurple", 0x71368A},
    {"darkvividpink", 0xAD1457},
    {"darkgold", 0xC27C0E},
    {"darkorange", 0xA84300},
    {"darkred", 0x992D22},
    {"darkgrey", 0x979C9F},
    {"darkergrey", 0x7F8C8D},
    {"lightgrey", 0xBCC0C0},
    {"darknavy", 0x2C3E50},
    {"blurple", 0x5865F2},
    {"greyple", 0x99AAB5},
    {"darkbutnotblack", 0x2C2F33},
    {"notquiteblack", 0x23272A},
}};

/// `#f00` as CSS means it.
std::string six_digits(std::string_view digits) {
  std::string all;
  for (const char digit : digits) all.append(digits.size() == 3 ? 2 : 1, digit);
  return all;
}

std::optional<std::int64_t> read_color(std::string_view text) {
  text = base::trim(text);
  constexpr std::int64_t max = 0xFFFFFF;
  if (const auto number = base::parse_number<std::int64_t>(text); number && *number <= max) {
    return *number < 0 || text.starts_with('-') ? std::nullopt : number;
  }
  auto digits = text;
  const bool hash = digits.starts_with('#');
  if (hash) digits.remove_prefix(1);
  const bool prefixed = !hash && (digits.starts_with("0x") || digits.starts_with("0X"));
  if (prefixed) digits.remove_prefix(2);
  if (digits.size() == 6 || ((hash || prefixed) && digits.size() == 3)) {
    const auto number = base::parse_number<std::int64_t>(six_digits(digits), 16);
    if (number && *number >= 0) return number;
  }
  // discord.js 13 wrote DARK_RED.
  auto name = base::to_lower(std::string(text));
  std::erase(name, '_');
  const auto* const found = std::ranges::find(color_names, name, &std::pair<std::string_view, std::int64_t>::first);
  return found == color_names.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

constexpr Format web_url{"", "[Hh][Tt][Tt][Pp][Ss]?://\\S+", &is_final_web_url,
                         "Must be a URL that begins with http:// or https://."};
constexpr Format link_url{"", "([Hh][Tt][Tt][Pp][Ss]?|[Dd][Ii][Ss][Cc][Oo][Rr][Dd])://\\S+", &is_final_link_url,
                          "Must be a URL that begins with http://, https:// or discord://."};
constexpr Format web_url_template{"", "([Hh][Tt][Tt][Pp][Ss]?://|\\$\\{)[\\s\\S]+", &is_web_url_template,
                                  "Must be a URL that begins with http:// or https://."};
constexpr Format link_url_template{"", "([Hh][Tt][Tt][Pp][Ss]?://|[Dd][Ii][Ss][Cc][Oo][Rr][Dd]://|\\$\\{)[\\s\\S]+",
                                   &is_link_url_template,
                                   "Must be a URL that begins with http://, https:// or discord://."};
constexpr Format snowflake{"", "[0-9]{1,20}", &is_snowflake, "Must be an id of Discord: digits, at most 2^64-1."};
constexpr Format date_time{"date-time", "", &is_date_time, "Must be a date and time as in 2026-01-31T12:34:56.789Z.",
                           &normal_date_time};
constexpr Format language_tag{"", "[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*", &is_language_tag,
                              "Must be a BCP 47 language tag, such as en or pt-BR."};
constexpr Format one_word{"", "\\S+", &is_one_word, "Must not hold white space or control characters."};
constexpr Spelling color{"\\s*([0-9]{1,8}|(#|0[xX])?[0-9A-Fa-f]{6}|(#|0[xX])[0-9A-Fa-f]{3}|[A-Za-z_]+)\\s*",
                         &read_color, "Must be a number from 0 to 16777215, or a text such as \"#5865f2\"."};

}  // namespace guildhall::schema::format
