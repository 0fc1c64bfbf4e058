#include "logger/log_writer.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include "base/crash_trace.hpp"
#include "base/failure.hpp"
#include "base/log_ids.hpp"
#include "database/errors.hpp"

namespace guildhall::logger {
namespace {

using std::chrono::steady_clock;

bool is_away(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const database::Unavailable&) {
    return true;
  } catch (...) {
    return false;
  }
}

std::exception_ptr time_is_up() { return std::make_exception_ptr(database::Unavailable("The time is up")); }

}  // namespace

/// What the writer's thread waits for.
struct LogWriter::State {
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<TimePoint> end;  // set when the writer is to stop: at the latest then
  bool job_ended = false;
  std::exception_ptr failure;

  void begin_job() {
    const std::lock_guard lock(mutex);
    job_ended = false;
    failure = nullptr;
  }

  void end_job(std::exception_ptr why) {
    {
      const std::lock_guard lock(mutex);
      job_ended = true;
      failure = std::move(why);
    }
    changed.notify_one();
  }

  /// Why the job failed, if it did.
  [[nodiscard]] std::exception_ptr wait_for_job() {
    std::unique_lock lock(mutex);
    // Each job ends: the database has limits for all that it does.
    changed.wait(lock, [this] { return job_ended || end; });
    if (!job_ended) changed.wait_until(lock, *end, [this] { return job_ended; });
    if (job_ended) return std::exchange(failure, nullptr);
    return time_is_up();
  }

  /// False where there is no time left.
  [[nodiscard]] bool pause(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex);
    const auto until = steady_clock::now() + time;
    changed.wait_until(lock, until, [&] { return end && *end <= until; });
    return !end || until < *end;
  }

  [[nodiscard]] bool stopping() {
    const std::lock_guard lock(mutex);
    return end.has_value();
  }

  void stop(TimePoint latest) {
    {
      const std::lock_guard lock(mutex);
      end = latest;
    }
    changed.notify_one();
  }
};

LogWriter::LogWriter(std::shared_ptr<LogQueue> queue, database::LogRepository& repository, base::Logger& logger,
                     const base::Clock& clock, LogWriterOptions options)
    : queue_(std::move(queue)),
      repository_(repository),
      logger_(logger),
      clock_(clock),
      options_(options),
      state_(std::make_shared<State>()),
      thread_([this] { run(); }) {}

LogWriter::~LogWriter() {
  state_->stop(steady_clock::now() + options_.flush_limit);
  queue_->hurry();
  thread_.join();
}

void LogWriter::run() {
  const base::CrashStack crash_stack;
  while (true) {
    const bool last = state_->stopping();
    const auto rows =
        std::make_shared<const LogQueue::Rows>(queue_->collect(options_.most_rows, options_.patience, next_purge_));
    if (!rows->empty()) write(rows);
    if (last && rows->empty()) break;
    report_losses();
    if (!last && steady_clock::now() >= next_purge_) purge_some();
  }
  queue_->close();
  next_report_ = {};
  report_losses();
}

/// Returns when the rows are written, or lost.
void LogWriter::write(const Batch& batch) {
  std::exception_ptr failure = time_is_up();
  for (std::chrono::milliseconds pause{0}; state_->pause(pause);
       pause = std::clamp(pause * 2, options_.first_pause, options_.longest_pause)) {
    const auto begun = steady_clock::now();
    failure = attempt(batch);
    if (!failure) return rest(steady_clock::now() - begun);
    if (!is_away(failure)) return batch->size() > 1 ? write_singly(batch) : give_up(1, failure);
    report_losses();
  }
  give_up(batch->size(), failure);
}

/// With many batches to come, a fifth of the time is for those who wait for the processor or the database.
void LogWriter::rest(steady_clock::duration busy) {
  if (queue_->stats().rows < options_.most_rows || state_->stopping()) return;
  static_cast<void>(
      state_->pause(std::min(std::chrono::ceil<std::chrono::milliseconds>(busy / 4), options_.longest_rest)));
}

/// Of rows that the database will not take together, one may be to blame.
void LogWriter::write_singly(const Batch& batch) {
  for (const database::Log& row : *batch) write(std::make_shared<const LogQueue::Rows>(1, row));
}

std::exception_ptr LogWriter::attempt(const Batch& batch) {
  state_->begin_job();
  repository_.start_insert(batch, [state = state_](std::exception_ptr failure) { state->end_job(std::move(failure)); });
  return state_->wait_for_job();
}

/// Removes rows that are too old, a step at a time.
void LogWriter::purge_some() {
  next_purge_ = steady_clock::now() + options_.purge_interval;
  if (options_.retention == std::chrono::days{0}) return;
  const database::LogId end{base::LogIds::first(clock_.now() - options_.retention)};
  const auto removed = std::make_shared<std::size_t>(0);
  state_->begin_job();
  repository_.start_purge(end, [state = state_, removed](std::exception_ptr failure, std::size_t count) {
    *removed = count;
    state->end_job(std::move(failure));
  });
  if (state_->wait_for_job()) return;  // Another time.
  if (*removed == database::LogRepository::purge_step) next_purge_ = steady_clock::now() + options_.purge_pause;
}

void LogWriter::give_up(std::size_t rows, const std::exception_ptr& failure) {
  given_up_ += rows;
  why_given_up_ = base::describe(failure);
}

void LogWriter::report_losses() {
  const auto now = steady_clock::now();
  const auto lost = queue_->stats().lost - lost_told_;
  if ((lost == 0 && given_up_ == 0) || now < next_report_) return;
  next_report_ = now + options_.report_interval;
  if (lost > 0) {
    lost_told_ += lost;
    const auto record =
        logger_.write_for(*queue_, base::LogLevel::warn, "log",
                          "The database does not keep up with the log: rows were lost", {{"lost", lost}});
    if (record) queue_->write(*record);
  }
  if (given_up_ > 0) {
    // Not for the table: it might not take that row either.
    logger_.write_for(*queue_, base::LogLevel::error, "log", "Log rows could not be written and are lost",
                      {{"lost", std::exchange(given_up_, 0)}, {"reason", why_given_up_}});
  }
}

}  // namespace guildhall::logger
