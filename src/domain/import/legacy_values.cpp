#include "domain/import/legacy_values.hpp"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <charconv>
#include <stdexcept>
#include <utility>

#include "base/text.hpp"
#include "database/timestamp.hpp"

namespace guildhall::domain {
namespace {

namespace json = boost::json;
using base::LogLevel;

constexpr std::size_t seconds_length = std::string_view("2024-01-31 12:34:56").size();

/// `+05:30` or `+0530` as minutes; nothing if it is neither.
std::optional<std::chrono::minutes> read_offset(std::string_view text) {
  const bool west = text.starts_with('-');
  if (!west && !text.starts_with('+')) return std::nullopt;
  std::string digits;
  std::ranges::remove_copy(text.substr(1), std::back_inserter(digits), ':');
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.size() != 4 || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  const std::chrono::minutes offset{number / 100 * 60 + number % 100};
  return west ? -offset : offset;
}

}  // namespace

std::optional<base::Timestamp> read_time(std::string_view text) {
  if (text.size() < seconds_length) return std::nullopt;
  std::string time{text.substr(0, seconds_length)};
  if (time.substr(11, 2) > "23" || time.substr(14, 2) > "59" || time.substr(17, 2) > "59") return std::nullopt;
  if (time[10] == 'T') time[10] = ' ';
  text.remove_prefix(seconds_length);
  if (text.starts_with('.')) {
    const auto end = std::min(text.find_first_not_of("0123456789", 1), text.size());
    time += text.substr(0, end);
    text.remove_prefix(end);
  }
  if (text.starts_with(' ')) text.remove_prefix(1);
  std::optional<std::chrono::minutes> offset{0};
  if (!text.empty() && text != "Z") offset = read_offset(text);
  if (!offset) return std::nullopt;
  try {
    return database::timestamp_from_column(time) - *offset;
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
}

std::optional<LogLevel> read_level(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, LogLevel>, 18> names{{
      {"emerg", LogLevel::error},
      {"alert", LogLevel::error},
      {"crit", LogLevel::error},
      {"critical", LogLevel::error},
      {"fatal", LogLevel::error},
      {"error", LogLevel::error},
      {"err", LogLevel::error},
      {"warning", LogLevel::warn},
      {"warn", LogLevel::warn},
      {"notice", LogLevel::info},
      {"info", LogLevel::info},
      {"log", LogLevel::info},
      {"http", LogLevel::http},
      {"verbose", LogLevel::debug},
      {"debug", LogLevel::debug},
      {"trace", LogLevel::debug},
      {"silly", LogLevel::debug},
      {"default", LogLevel::info},
  }};
  const auto found =
      std::ranges::find(names, base::to_lower(std::string(text)), &std::pair<std::string_view, LogLevel>::first);
  return found == names.end() ? std::nullopt : std::optional(found->second);
}

std::string_view image_hash(std::string_view text) {
  if (text.find("://") == std::string_view::npos) return text;
  text = text.substr(0, text.find_first_of("?#"));
  text.remove_prefix(text.rfind('/') + 1);
  return text.substr(0, text.rfind('.'));
}

std::string language_tag(std::string_view text) {
  std::string tag{text};
  std::ranges::replace(tag, '_', '-');
  return tag;
}

std::optional<json::value> read_response(std::string_view text) {
  boost::system::error_code error;
  json::value response = json::parse(text, error);
  if (error) return std::nullopt;
  if (!response.is_string()) return response;
  json::value inner = json::parse(response.as_string(), error);
  if (!error && inner.is_object()) return inner;
  return json::object{{"content", response}};
}

json::value read_interaction(const std::optional<std::string>& text) {
  if (!text || *text == "null") return nullptr;
  if (!text->starts_with('"')) return json::value(*text);
  boost::system::error_code error;
  json::value script = json::parse(*text, error);
  return !error && script.is_string() ? script : json::value(*text);
}

}  // namespace guildhall::domain
