#include "config/log.hpp"

#include <array>
#include <optional>

#include "config/config.hpp"
#include "config/values.hpp"

namespace guildhall::config {
namespace {

std::optional<LogFormat> parse_format(std::string_view text) {
  if (text == "auto") return LogFormat::automatic;
  if (text == "text") return LogFormat::text;
  if (text == "json") return LogFormat::json;
  return std::nullopt;
}

std::optional<std::chrono::days> parse_days(std::string_view text) {
  const auto number = parse_number<unsigned>(text, 0, 3650);
  if (!number) return std::nullopt;
  return std::chrono::days(*number);
}

constexpr std::array options{
    Option{
        .name = "LOG_LEVEL",
        .doc = "The least severe level that is logged: error, warn, info, http or debug.",
        .expected = "`error`, `warn`, `info`, `http` or `debug`",
        .read = [](std::string_view text, Config& into) { return store(into.log.level, base::parse_log_level(text)); },
        .fallback = "info"},
    Option{.name = "LOG_FORMAT",
           .doc = "text, json, or auto: text on a terminal and json elsewhere.",
           .expected = "`auto`, `text` or `json`",
           .read = [](std::string_view text, Config& into) { return store(into.log.format, parse_format(text)); },
           .fallback = "auto"},
    Option{.name = "LOG_RETENTION_DAYS",
           .doc = "How many days logs stay in the database; 0 keeps them for ever.",
           .expected = "a number from 0 to 3650",
           .read = [](std::string_view text, Config& into) { return store(into.log.retention, parse_days(text)); },
           .fallback = "30"},
};

}  // namespace

Section log_section() { return {"log", "Logs", options}; }

}  // namespace guildhall::config
