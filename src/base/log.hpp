#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"

namespace guildhall::base {

/// Winston's npm levels that guildhall uses, most severe first.
enum class LogLevel : std::uint8_t { error, warn, info, http, debug };

[[nodiscard]] std::string_view to_string(LogLevel level);
[[nodiscard]] std::optional<LogLevel> parse_log_level(std::string_view text);

/// A named value beside a message. Numbers and ids are kept as text: sinks only print them.
struct LogField {
  LogField(std::string_view name, std::string text) : key(name), value(std::move(text)) {}
  LogField(std::string_view name, std::string_view text) : key(name), value(text) {}
  LogField(std::string_view name, const char* text) : key(name), value(text) {}
  LogField(std::string_view name, std::integral auto number) : key(name), value(std::to_string(number)) {}
  template <class Tag>
  LogField(std::string_view name, Id<Tag> id) : key(name), value(id.to_string()) {}

  std::string key;
  std::string value;
};

/// One line of the log on its way to the sinks.
struct LogRecord {
  Timestamp time;
  LogLevel level{};
  std::string source;  ///< Which part speaks: `app`, `web`, `db`, `discord`, `bot`, `command`.
  std::string message;
  std::vector<LogField> fields;
};

/// Takes log records somewhere. Called from any thread; must neither block nor throw nor log.
class LogSink {
 public:
  virtual ~LogSink() = default;
  virtual void write(const LogRecord& record) = 0;
};

/// Hands each record that is severe enough to all sinks. Sinks are attached before threads start; `write` may then be
/// called from any thread.
class Logger {
 public:
  Logger(const Clock& clock, LogLevel level) : clock_(clock), level_(level) {}

  void attach(std::shared_ptr<LogSink> sink) { sinks_.push_back(std::move(sink)); }

  [[nodiscard]] bool enabled(LogLevel level) const { return level <= level_ && !sinks_.empty(); }
  void write(LogLevel level, std::string_view source, std::string_view message, std::vector<LogField> fields);

 private:
  const Clock& clock_;
  LogLevel level_;
  std::vector<std::shared_ptr<LogSink>> sinks_;
};

/// A part's own handle to the log: the logger and the name the part speaks under. Cheap to copy; the Logger outlives
/// it.
class Log {
 public:
  Log(Logger& logger, std::string_view source) : logger_(&logger), source_(source) {}

  void error(std::string_view message, std::initializer_list<LogField> fields = {}) const {
    write(LogLevel::error, message, fields);
  }
  void warn(std::string_view message, std::initializer_list<LogField> fields = {}) const {
    write(LogLevel::warn, message, fields);
  }
  void info(std::string_view message, std::initializer_list<LogField> fields = {}) const {
    write(LogLevel::info, message, fields);
  }
  void http(std::string_view message, std::initializer_list<LogField> fields = {}) const {
    write(LogLevel::http, message, fields);
  }
  void debug(std::string_view message, std::initializer_list<LogField> fields = {}) const {
    write(LogLevel::debug, message, fields);
  }
  /// Lets a caller skip building fields that nobody would see.
  [[nodiscard]] bool enabled(LogLevel level) const { return logger_->enabled(level); }

 private:
  void write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) const {
    if (logger_->enabled(level)) logger_->write(level, source_, message, fields);
  }

  Logger* logger_;
  std::string source_;
};

}  // namespace guildhall::base
