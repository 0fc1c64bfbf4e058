#include "base/log.hpp"

#include <array>
#include <condition_variable>
#include <deque>
#include <thread>

#include "base/stacktrace/stack_trace.hpp"

namespace guildhall::base {
namespace {

constexpr std::array<std::string_view, 5> level_names{"error", "warn", "info", "http", "debug"};

/// Whether this thread is passing a record to the sinks.
thread_local bool delivering = false;

struct Delivery {
  Delivery() { delivering = true; }
  ~Delivery() { delivering = false; }
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;
};

}  // namespace

std::string_view to_string(LogLevel level) { return level_names[static_cast<std::size_t>(level)]; }

std::optional<LogLevel> parse_log_level(std::string_view text) {
  for (std::size_t i = 0; i < level_names.size(); ++i) {
    if (level_names[i] == text) return static_cast<LogLevel>(i);
  }
  return std::nullopt;
}

/// The thread that symbolizes stack traces before their records reach the sinks. It starts with the first trace.
class Logger::TraceSymbolizer {
 public:
  explicit TraceSymbolizer(Logger& logger) : logger_(logger), thread_([this] { run(); }) {}
  ~TraceSymbolizer() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    arrived_.notify_one();
    thread_.join();
  }
  TraceSymbolizer(const TraceSymbolizer&) = delete;
  TraceSymbolizer& operator=(const TraceSymbolizer&) = delete;

  /// False if too many records wait; the record is then unchanged.
  [[nodiscard]] bool take(LogRecord& record, const StackTrace& trace) {
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.size() == max_waiting) return false;
      waiting_.emplace_back(std::move(record), trace);
    }
    arrived_.notify_one();
    return true;
  }

 private:
  static constexpr std::size_t max_waiting = 64;

  void run() {
    std::unique_lock lock(mutex_);
    while (true) {
      arrived_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      auto [record, trace] = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      record.stacktrace = trace.to_text();
      logger_.deliver(record, nullptr);
      lock.lock();
    }
  }

  Logger& logger_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::pair<LogRecord, StackTrace>> waiting_;
  bool closing_ = false;
  std::thread thread_;
};

Logger::Logger(const Clock& clock, LogLevel level) : clock_(clock), level_(level) {}

Logger::~Logger() { trace_symbolizer_.reset(); }

void Logger::write(LogLevel level, std::string_view source, std::string_view message, std::vector<LogField> fields) {
  if (!enabled(level)) return;
  LogRecord record{{}, level, std::string(source), std::string(message), std::move(fields)};
  deliver(record, nullptr);
}

void Logger::write(LogLevel level, std::string_view source, std::string_view message, std::vector<LogField> fields,
                   const StackTrace& trace) {
  if (!enabled(level)) return;
  LogRecord record{{}, level, std::string(source), std::string(message), std::move(fields)};
  if (!trace.empty() && !delivering) {
    const std::lock_guard lock(mutex_);
    if (!trace_symbolizer_) trace_symbolizer_ = std::make_unique<TraceSymbolizer>(*this);
    if (trace_symbolizer_->take(record, trace)) return;
  }
  deliver(record, nullptr);
}

std::optional<LogRecord> Logger::write_for(const LogSink& speaker, LogLevel level, std::string_view source,
                                           std::string_view message, std::vector<LogField> fields) {
  if (!enabled(level)) return std::nullopt;
  LogRecord record{{}, level, std::string(source), std::string(message), std::move(fields)};
  deliver(record, &speaker);
  return record;
}

void Logger::deliver(LogRecord& record, const LogSink* except) {
  if (delivering) return;  // Prevents recursion of a sink that logs.
  const std::lock_guard lock(mutex_);
  const Delivery while_here;
  record.time = clock_.now();
  record.id = ids_.next(record.time);
  for (const auto& sink : sinks_) {
    if (sink.get() != except) sink->write(record);
  }
}

}  // namespace guildhall::base
