#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "base/log.hpp"
#include "database/models/log.hpp"

namespace guildhall::logger {

/// Log rows that wait for the database, up to a number of bytes. Beyond that the oldest of the least severe level are
/// dropped: debug first, error last. Any thread may write; one thread collects.
class LogQueue final : public base::LogSink {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  using Rows = std::vector<database::Log>;

  /// About 300,000 rows of usual length.
  static constexpr std::size_t default_max_bytes = 64UL * 1024 * 1024;

  explicit LogQueue(std::size_t max_bytes = default_max_bytes) : max_bytes_(max_bytes) {}

  void write(const base::LogRecord& record) override;

  /// Waits for a row, then up to `delay` for more, and returns up to `max_rows` by id. Does not wait beyond `deadline`
  /// or after `stop_waiting`.
  [[nodiscard]] Rows collect(std::size_t max_rows, std::chrono::milliseconds delay, TimePoint deadline);

  void stop_waiting();
  /// From now on new rows are ignored.
  void close();

  struct Stats {
    std::size_t rows = 0;
    std::size_t bytes = 0;
    std::uint64_t lost = 0;  ///< Since the start.
  };
  [[nodiscard]] Stats stats() const;

 private:
  [[nodiscard]] Rows take(std::size_t max_rows);
  database::Log pop(std::deque<database::Log>& level);

  const std::size_t max_bytes_;
  mutable std::mutex mutex_;  // Guards the following.
  std::condition_variable arrived_;
  std::array<std::deque<database::Log>, 5> rows_;  // By level; each by id.
  std::size_t size_ = 0;
  std::size_t bytes_ = 0;
  std::size_t wanted_ = 1;  // The number of rows that `collect` waits for.
  std::uint64_t lost_ = 0;
  bool waits_ = true;
  bool closed_ = false;
};

}  // namespace guildhall::logger
