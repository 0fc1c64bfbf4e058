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
  std::chrono::days retention{30};                    ///< How long rows are kept; zero is for ever.
  std::size_t most_rows = 500;                        ///< In one transaction.
  std::chrono::milliseconds patience{250};            ///< From the first row of a batch to its transaction.
  std::chrono::milliseconds longest_rest{50};         ///< Between batches; see `rest`.
  std::chrono::milliseconds first_pause{250};         ///< Before what failed is tried again; doubles each time
  std::chrono::milliseconds longest_pause{2000};      ///< up to this.
  std::chrono::milliseconds flush_limit{2000};        ///< For what is left at the end.
  std::chrono::milliseconds report_interval{10'000};  ///< From one word about lost rows to the next.
  std::chrono::milliseconds purge_pause{200};         ///< From one small step of a purge to the next.
  std::chrono::milliseconds purge_interval{60'000};   ///< From one purge to the next.
};

/// Brings rows from the queue to table `logs`, batch by batch, and removes those that are too old. It has a thread of
/// its own and never more than one job with the database, so that other writes wait behind one batch at most. While
/// the database is away it tries again; rows wait in the queue meanwhile. How many were lost it says through the
/// other sinks, and for rows that the queue had no room for in the table too.
class LogWriter {
 public:
  /// `queue` is attached to `logger`, and closed when the writer goes. The others outlive the writer.
  LogWriter(std::shared_ptr<LogQueue> queue, database::LogRepository& repository, base::Logger& logger,
            const base::Clock& clock, LogWriterOptions options);
  /// Writes what is left, within `flush_limit`.
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
  void purge_some();
  void give_up(std::size_t rows, const std::exception_ptr& failure);
  void report_losses();

  const std::shared_ptr<LogQueue> queue_;
  database::LogRepository& repository_;
  base::Logger& logger_;
  const base::Clock& clock_;
  const LogWriterOptions options_;
  const std::shared_ptr<State> state_;  // jobs of the database hold it too

  std::uint64_t lost_told_ = 0;  // of the rows that the queue lost
  std::size_t given_up_ = 0;     // rows that the database would not take, not yet told
  std::string why_given_up_;
  TimePoint next_report_{};
  TimePoint next_purge_{};

  std::thread thread_;
};

}  // namespace guildhall::logger
