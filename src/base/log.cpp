#include "base/log.hpp"

#include <array>
#include <condition_variable>
#include <deque>
#include <thread>

#include "base/stack_trace.hpp"

namespace guildhall::base {
namespace {

constexpr std::array<std::string_view, 5> level_names{"error", "warn", "info", "http", "debug"};

/// Whether this thread is handing a record to the sinks.
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

/// The thread that puts names to stack traces before their records go on. It starts with the first one.
class Logger::TraceNamer {
 public:
  explicit TraceNamer(Logger& logger) : logger_(logger), thread_([this] { run(); }) {}
  ~TraceNamer() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    arrived_.notify_one();
    thread_.join();
  }
  TraceNamer(const TraceNamer&) = delete;
  TraceNamer& operator=(const TraceNamer&) = delete;

  /// False where too many wait; the record is then untouched.
  [[nodiscard]] bool take(LogRecord& record, const StackTrace& trace) {
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.size() == most_waiting) return false;
      waiting_.emplace_back(std::move(record), trace);
    }
    arrived_.notify_one();
    return true;
  }

 private:
  static constexpr std::size_t most_waiting = 64;

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

Logger::~Logger() { trace_namer_.reset(); }

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
    if (!trace_namer_) trace_namer_ = std::make_unique<TraceNamer>(*this);
    if (trace_namer_->take(record, trace)) return;
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
  if (delivering) return;  // A sink that logs would go round in circles.
  const std::lock_guard lock(mutex_);
  const Delivery while_here;
  record.time = clock_.now();
  record.id = ids_.next(record.time);
  for (const auto& sink : sinks_) {
    if (sink.get() != except) sink->write(record);
  }
}

}  // namespace guildhall::base
