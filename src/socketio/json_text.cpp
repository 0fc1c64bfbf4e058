#include "socketio/json_text.hpp"

#include <array>
#include <boost/json/parse.hpp>
#include <charconv>
#include <cmath>

#include "base/encoding.hpp"

namespace guildhall::socketio {
namespace {

constexpr std::size_t max_depth = 64;

template <class Number>
void append_number(std::string& out, Number number) {
  std::array<char, 32> digits;
  const auto [end, failure] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.append(digits.data(), end);
}

/// The four hex digits after `\u` at `at`; nothing if there is no such escape.
std::optional<unsigned> escape_at(std::string_view text, std::size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
  unsigned unit = 0;
  const auto [end, failure] = std::from_chars(text.data() + at + 2, text.data() + at + 6, unit, 16);
  if (failure != std::errc{} || end != text.data() + at + 6) return std::nullopt;
  return unit;
}

bool is_surrogate(unsigned unit, unsigned first) { return unit >= first && unit < first + 0x400; }

std::string replace_lone_surrogates(std::string_view text) {
  std::string whole(text);
  for (std::size_t at = whole.find('\\'); at != std::string::npos; at = whole.find('\\', at)) {
    const auto unit = escape_at(whole, at);
    if (!unit) {
      at += 2;
      continue;
    }
    const bool high = is_surrogate(*unit, 0xd800);
    const auto next = high ? escape_at(whole, at + 6) : std::nullopt;
    if (next && is_surrogate(*next, 0xdc00)) {
      at += 12;
      continue;
    }
    if (high || is_surrogate(*unit, 0xdc00)) whole.replace(at, 6, "\\ufffd");
    at += 6;
  }
  return whole;
}

}  // namespace

void append_json(std::string& out, const boost::json::value& value) {
  switch (value.kind()) {
    case boost::json::kind::null: out += "null"; return;
    case boost::json::kind::bool_: out += value.get_bool() ? "true" : "false"; return;
    case boost::json::kind::int64: return append_number(out, value.get_int64());
    case boost::json::kind::uint64: return append_number(out, value.get_uint64());
    case boost::json::kind::double_:
      if (!std::isfinite(value.get_double())) {
        out += "null";
        return;
      }
      return append_number(out, value.get_double());
    case boost::json::kind::string: return base::append_json_string(out, value.get_string());
    case boost::json::kind::array: {
      char separator = '[';
      for (const auto& element : value.get_array()) {
        out.push_back(separator);
        append_json(out, element);
        separator = ',';
      }
      out += separator == '[' ? "[]" : "]";
      return;
    }
    case boost::json::kind::object: {
      char separator = '{';
      for (const auto& member : value.get_object()) {
        out.push_back(separator);
        base::append_json_string(out, member.key());
        out.push_back(':');
        append_json(out, member.value());
        separator = ',';
      }
      out += separator == '{' ? "{}" : "}";
      return;
    }
  }
}

std::optional<boost::json::value> parse_json(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = max_depth;
  boost::system::error_code failure;
  auto value = boost::json::parse(text, failure, {}, options);
  if (failure) {
    // Boost.JSON refuses lone surrogates with different errors.
    const auto whole = replace_lone_surrogates(text);
    if (whole != text) value = boost::json::parse(whole, failure, {}, options);
  }
  if (failure) return std::nullopt;
  return value;
}

}  // namespace guildhall::socketio
