#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <thread>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "database/models/log_repository.hpp"
#include "logger/log_queue.hpp"

namespace guildhall::logger {

struct LogWriterOptions {
  std::chrono::days retention{30};                    ///< How long rows are kept; zero keeps them for ever.
  std::size_t max_rows = 500;                         ///< In one transaction.
  std::chrono::milliseconds batch_delay{250};         ///< From the first row of a batch to its transaction.
  std::chrono::milliseconds max_rest{50};             ///< Between batches; see `rest`.
  std::chrono::milliseconds min_retry_delay{250};     ///< After the first failure; doubles each time
  std::chrono::milliseconds max_retry_delay{2000};    ///< up to this.
  std::chrono::milliseconds max_flush_time{2000};     ///< For the remaining rows at the end.
  std::chrono::milliseconds report_interval{10'000};  ///< Between reports of lost rows.
  std::chrono::milliseconds purge_step_delay{200};    ///< Between two steps of a purge.
  std::chrono::milliseconds purge_interval{60'000};   ///< Between two purges.
};

/// Writes rows from the queue to table `logs` in batches, and removes old rows. It has its own thread and at most one
/// database job at a time, so that other writes wait for one batch at most. While the database is away it retries, and
/// rows stay in the queue. It reports lost rows to the other sinks, and those that the queue dropped to the table too.
class LogWriter {
 public:
  /// `queue` is attached to `logger`; the destructor closes it. The others outlive the writer.
  LogWriter(std::shared_ptr<LogQueue> queue, database::LogRepository& repository, base::Logger& logger,
            const base::Clock& clock, LogWriterOptions options);
  /// Writes the remaining rows, within `max_flush_time`.
  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

 private:
  using TimePoint = std::chrono::steady_clock::time_point;
  using Batch = std::shared_ptr<const LogQueue::Rows>;
  struct State;

  void run();
  void write(const Batch& batch);
  void write_singly(const Batch& batch);
  void rest(std::chrono::steady_clock::duration busy);
  [[nodiscard]] std::exception_ptr attempt(const Batch& batch);
  void purge_step();
  void give_up(std::size_t rows, const std::exception_ptr& failure);
  void report_losses();

  const std::shared_ptr<LogQueue> queue_;
  database::LogRepository& repository_;
  base::Logger& logger_;
  const base::Clock& clock_;
  const LogWriterOptions options_;
  const std::shared_ptr<State> state_;  // Shared with the database's jobs.

  std::uint64_t reported_ = 0;  // Of the rows that the queue has dropped.
  std::size_t unwritable_ = 0;  // Rows that the database refused, not reported yet.
  std::string last_failure_;    // Why.
  TimePoint next_report_{};
  TimePoint next_purge_{};

  std::thread thread_;
};

}  // namespace guildhall::logger
