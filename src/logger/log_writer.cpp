#include "logger/log_writer.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include "base/failure.hpp"
#include "base/log_ids.hpp"
#include "base/stacktrace/crash_trace.hpp"
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

std::exception_ptr timeout() { return std::make_exception_ptr(database::Unavailable("No time left")); }

}  // namespace

/// What the writer's thread waits for.
struct LogWriter::State {
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<TimePoint> deadline;  // Set when the writer must stop.
  bool job_done = false;
  std::exception_ptr failure;

  void start_job() {
    const std::lock_guard lock(mutex);
    job_done = false;
    failure = nullptr;
  }

  void finish_job(std::exception_ptr why) {
    {
      const std::lock_guard lock(mutex);
      job_done = true;
      failure = std::move(why);
    }
    changed.notify_one();
  }

  /// Returns the job's failure, or null.
  [[nodiscard]] std::exception_ptr wait_for_job() {
    std::unique_lock lock(mutex);
    // Every job ends, because the database limits the time of all it does.
    changed.wait(lock, [this] { return job_done || deadline; });
    if (!job_done) changed.wait_until(lock, *deadline, [this] { return job_done; });
    return job_done ? std::exchange(failure, nullptr) : timeout();
  }

  /// False where no time is left.
  [[nodiscard]] bool sleep(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex);
    const auto until = steady_clock::now() + time;
    changed.wait_until(lock, until, [&] { return deadline && *deadline <= until; });
    return !deadline || until < *deadline;
  }

  [[nodiscard]] bool stopping() {
    const std::lock_guard lock(mutex);
    return deadline.has_value();
  }

  void stop(TimePoint at) {
    {
      const std::lock_guard lock(mutex);
      deadline = at;
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
  state_->stop(steady_clock::now() + options_.max_flush_time);
  queue_->stop_waiting();
  thread_.join();
}

void LogWriter::run() {
  const base::CrashStack crash_stack;
  while (true) {
    const bool last = state_->stopping();
    const auto rows =
        std::make_shared<const LogQueue::Rows>(queue_->collect(options_.max_rows, options_.batch_delay, next_purge_));
    if (!rows->empty()) write(rows);
    if (last && rows->empty()) break;
    report_losses();
    if (!last && steady_clock::now() >= next_purge_) purge_step();
  }
  queue_->close();
  next_report_ = {};
  report_losses();
}

/// Returns when the rows are written or lost.
void LogWriter::write(const Batch& batch) {
  std::exception_ptr failure = timeout();
  for (std::chrono::milliseconds delay{0}; state_->sleep(delay);
       delay = std::clamp(delay * 2, options_.min_retry_delay, options_.max_retry_delay)) {
    const auto start = steady_clock::now();
    failure = attempt(batch);
    if (!failure) return rest(steady_clock::now() - start);
    if (!is_away(failure)) return batch->size() > 1 ? write_singly(batch) : give_up(1, failure);
    report_losses();
  }
  give_up(batch->size(), failure);
}

/// While many batches are queued, leaves a fifth of the time to other users of the CPU and the database.
void LogWriter::rest(steady_clock::duration busy) {
  if (queue_->stats().rows < options_.max_rows || state_->stopping()) return;
  static_cast<void>(state_->sleep(std::min(std::chrono::ceil<std::chrono::milliseconds>(busy / 4), options_.max_rest)));
}

/// Used where the database refuses a batch, perhaps because of one row.
void LogWriter::write_singly(const Batch& batch) {
  for (const database::Log& row : *batch) write(std::make_shared<const LogQueue::Rows>(1, row));
}

std::exception_ptr LogWriter::attempt(const Batch& batch) {
  state_->start_job();
  repository_.start_insert(batch,
                           [state = state_](std::exception_ptr failure) { state->finish_job(std::move(failure)); });
  return state_->wait_for_job();
}

/// Removes some of the old rows.
void LogWriter::purge_step() {
  next_purge_ = steady_clock::now() + options_.purge_interval;
  if (options_.retention == std::chrono::days{0}) return;
  const auto now = repository_.purge_time();
  if (!now) return;
  const database::LogId end{base::LogIds::first(*now - options_.retention)};
  const auto removed = std::make_shared<std::size_t>(0);
  state_->start_job();
  repository_.start_purge(end, [state = state_, removed](std::exception_ptr failure, std::size_t count) {
    *removed = count;
    state->finish_job(std::move(failure));
  });
  if (state_->wait_for_job()) return;  // The next purge tries again.
  if (*removed == database::LogRepository::purge_step) next_purge_ = steady_clock::now() + options_.purge_step_delay;
}

void LogWriter::give_up(std::size_t rows, const std::exception_ptr& failure) {
  unwritable_ += rows;
  last_failure_ = base::describe(failure);
}

void LogWriter::report_losses() {
  const auto now = steady_clock::now();
  const auto lost = queue_->stats().lost - reported_;
  if ((lost == 0 && unwritable_ == 0) || now < next_report_) return;
  next_report_ = now + options_.report_interval;
  if (lost > 0) {
    reported_ += lost;
    const auto record = logger_.write_for(*queue_, base::LogLevel::warn, "log",
                                          "Log rows were lost because the database is too slow", {{"lost", lost}});
    if (record) queue_->write(*record);
  }
  if (unwritable_ > 0) {
    // Not to the table, which might refuse that row too.
    logger_.write_for(*queue_, base::LogLevel::error, "log",
                      "Log rows could not be written to the database and are lost",
                      {{"lost", std::exchange(unwritable_, 0)}, {"reason", last_failure_}});
  }
}

}  // namespace guildhall::logger
