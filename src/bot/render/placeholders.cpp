#include "bot/render/placeholders.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "schema/format.hpp"

namespace guildhall::bot {
namespace {

constexpr std::size_t max_code_point_bytes = 4;

/// Takes the number of an argument, from 1, off `${1}`.
std::optional<std::size_t> argument_number(std::string_view name) {
  if (name.empty() || name.front() == '0' || !std::ranges::all_of(name, base::is_digit)) return std::nullopt;
  return base::parse_number<std::size_t>(name).value_or(SIZE_MAX);
}

/// Appends what the placeholder at the start of `text` stands for, and takes it off. False if there is none.
bool take_placeholder(std::string_view& text, const PlaceholderValues& values, std::string& filled) {
  if (!text.starts_with("${")) return false;
  const auto end = text.find('}');
  if (end == std::string_view::npos) return false;
  const auto name = text.substr(2, end - 2);
  if (const auto number = argument_number(name)) {
    if (*number <= values.arguments.size()) filled += values.arguments[*number - 1];
  } else if (name == "user") {
    filled.append("<@").append(values.user_id).append(">");
  } else if (name == "user.id") {
    filled += values.user_id;
  } else if (name == "user.name") {
    filled += values.user_name;
  } else if (name == "user.avatar") {
    filled += values.user_avatar;
  } else {
    return false;
  }
  text.remove_prefix(end + 1);
  return true;
}

/// `text` filled in, up to a little more than `max_bytes`.
std::string fill(std::string_view text, const PlaceholderValues& values, std::size_t max_bytes) {
  std::string filled;
  while (!text.empty() && filled.size() <= max_bytes) {
    const auto plain = text.substr(0, std::min(text.find("${"), text.size()));
    filled += plain;
    text.remove_prefix(plain.size());
    if (text.empty() || take_placeholder(text, values, filled)) continue;
    filled += text.front();
    text.remove_prefix(1);
  }
  return filled;
}

}  // namespace

std::string fill_placeholders(std::string_view text, const PlaceholderValues& values, std::size_t limit) {
  auto filled = fill(text, values, limit * max_code_point_bytes);
  base::shorten(filled, limit);
  return filled;
}

std::optional<std::string> fill_url(std::string_view url, const PlaceholderValues& values, std::size_t limit,
                                    const schema::Format& format) {
  auto filled = fill(url, values, limit * max_code_point_bytes);
  const auto length = base::count_code_points(filled);
  if (!length || *length > limit || !format.accepts(filled)) return std::nullopt;
  return filled;
}

bool is_blank(std::string_view text) {
  while (const auto code_point = base::take_code_point(text)) {
    if (!base::is_white_space(*code_point)) return false;
  }
  return text.empty();
}

}  // namespace guildhall::bot
