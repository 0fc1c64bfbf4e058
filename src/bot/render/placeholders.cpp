#include "bot/render/placeholders.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "base/utf8.hpp"

namespace guildhall::bot {
namespace {

constexpr std::string_view ellipsis = "\u2026";
constexpr std::size_t max_code_point_bytes = 4;

/// Cuts `text` to `limit` code points, of which the last is an ellipsis.
void cut(std::string& text, std::size_t limit) {
  std::string_view rest = text;
  std::size_t keep = 0;
  for (std::size_t count = 0; count < limit && !rest.empty(); ++count) {
    if (count + 1 == limit) keep = text.size() - rest.size();
    if (!base::take_code_point(rest)) rest.remove_prefix(1);
  }
  if (rest.empty()) return;
  text.resize(keep);
  text += ellipsis;
}

/// Removes a placeholder from the start of `text` and returns its number, from 1.
std::optional<std::size_t> take_placeholder(std::string_view& text) {
  if (!text.starts_with("${")) return std::nullopt;
  const char* const first = text.data() + 2;
  const char* const last = text.data() + text.size();
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(first, last, number);
  if (end == first || end == last || *end != '}' || *first == '0') return std::nullopt;
  if (error == std::errc::result_out_of_range) number = SIZE_MAX;
  text.remove_prefix(static_cast<std::size_t>(end + 1 - text.data()));
  return number;
}

}  // namespace

std::string fill_placeholders(std::string_view text, std::span<const std::string_view> arguments, std::size_t limit) {
  std::string filled;
  while (!text.empty() && filled.size() <= limit * max_code_point_bytes) {
    const auto plain = text.substr(0, std::min(text.find("${"), text.size()));
    filled += plain;
    text.remove_prefix(plain.size());
    if (const auto number = take_placeholder(text)) {
      if (*number <= arguments.size()) filled += arguments[*number - 1];
    } else if (!text.empty()) {
      filled += text.front();
      text.remove_prefix(1);
    }
  }
  if (filled.size() > limit) cut(filled, limit);
  return filled;
}

bool is_blank(std::string_view text) {
  while (const auto code_point = base::take_code_point(text)) {
    if (!base::is_white_space(*code_point)) return false;
  }
  return text.empty();
}

}  // namespace guildhall::bot
