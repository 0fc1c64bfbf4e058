#include "base/log.hpp"

#include <array>

namespace guildhall::base {
namespace {

constexpr std::array<std::string_view, 5> level_names{"error", "warn", "info", "http", "debug"};

}  // namespace

std::string_view to_string(LogLevel level) { return level_names[static_cast<std::size_t>(level)]; }

std::optional<LogLevel> parse_log_level(std::string_view text) {
  for (std::size_t i = 0; i < level_names.size(); ++i) {
    if (level_names[i] == text) return static_cast<LogLevel>(i);
  }
  return std::nullopt;
}

void Logger::write(LogLevel level, std::string_view source, std::string_view message, std::vector<LogField> fields) {
  if (!enabled(level)) return;
  const LogRecord record{clock_.now(), level, std::string(source), std::string(message), std::move(fields)};
  for (const auto& sink : sinks_) sink->write(record);
}

}  // namespace guildhall::base
