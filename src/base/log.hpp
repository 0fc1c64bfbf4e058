#pragma once

#include <atomic>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/log_ids.hpp"

namespace guildhall::base {

class StackTrace;

/// Winston's npm levels that guildhall uses, most severe first.
enum class LogLevel : std::uint8_t { error, warn, info, http, debug };

[[nodiscard]] std::string_view to_string(LogLevel level);
[[nodiscard]] std::optional<LogLevel> parse_log_level(std::string_view text);

/// A named value of a log record. Numbers and ids are stored as text, since sinks only print them.
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

/// One line of the log.
struct LogRecord {
  Timestamp time;
  LogLevel level{};
  std::string source;  ///< The part of the program: `app`, `web`, `db`, `discord`, `bot`, `command`, `socket`, `log`.
  std::string message;
  std::vector<LogField> fields;
  std::optional<std::string> stacktrace{};  ///< As StackTrace::to_text; for unexpected exceptions.
  std::uint64_t id = 0;                     ///< See LogIds. Set by the Logger.
};

/// Writes log records to a destination. Called on any thread, one call at a time, in the order of the records' ids;
/// must neither block nor throw. Records that a sink itself logs during a call are dropped.
class LogSink {
 public:
  virtual ~LogSink() = default;
  virtual void write(const LogRecord& record) = 0;
};

/// Passes records of the configured level to all sinks. Attach sinks before threads start; any thread may call the
/// other members after that.
class Logger {
 public:
  Logger(const Clock& clock, LogLevel level);
  ~Logger();
  Logger(const Logger&) = delete;
  Logger& operator=(const Logger&) = delete;

  void attach(std::shared_ptr<LogSink> sink) { sinks_.push_back(std::move(sink)); }

  [[nodiscard]] bool enabled(LogLevel level) const {
    return level <= level_.load(std::memory_order_relaxed) && !sinks_.empty();
  }
  /// The least severe level from now on.
  void set_level(LogLevel level) { level_.store(level, std::memory_order_relaxed); }
  void write(LogLevel level, std::string_view source, std::string_view message, std::vector<LogField> fields);

  /// The same with a stack trace. Symbolizing a trace is slow, so another thread does that and then passes the record
  /// to the sinks. If too many records wait for it, the trace is left out.
  void write(LogLevel level, std::string_view source, std::string_view message, std::vector<LogField> fields,
             const StackTrace& trace);

  /// For messages of a sink about itself: passes the record to all sinks except `speaker`, and returns it. Nothing if
  /// the level is not enabled. Must not be called while `speaker` writes a record.
  std::optional<LogRecord> write_for(const LogSink& speaker, LogLevel level, std::string_view source,
                                     std::string_view message, std::vector<LogField> fields);

 private:
  class TraceSymbolizer;

  /// Assigns the record's id and passes it to the sinks.
  void deliver(LogRecord& record, const LogSink* except);

  const Clock& clock_;
  std::atomic<LogLevel> level_;
  std::vector<std::shared_ptr<LogSink>> sinks_;
  std::mutex mutex_;  // guards the members below and the order of records
  LogIds ids_;
  std::unique_ptr<TraceSymbolizer> trace_symbolizer_;
};

/// The logger together with the source of its records. Cheap to copy; the Logger must outlive it.
class Log {
 public:
  Log(Logger& logger, std::string_view source) : logger_(&logger), source_(source) {}

  void error(std::string_view message, std::initializer_list<LogField> fields = {}) const {
    write(LogLevel::error, message, fields);
  }
  /// For unexpected exceptions, with their stack trace. See Logger::write.
  void error(std::string_view message, std::initializer_list<LogField> fields, const StackTrace& trace) const {
    logger_->write(LogLevel::error, source_, message, fields, trace);
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
  /// Lets a caller skip building fields for a level that is not enabled.
  [[nodiscard]] bool enabled(LogLevel level) const { return logger_->enabled(level); }

 private:
  void write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) const {
    if (logger_->enabled(level)) logger_->write(level, source_, message, fields);
  }

  Logger* logger_;
  std::string source_;
};

}  // namespace guildhall::base
