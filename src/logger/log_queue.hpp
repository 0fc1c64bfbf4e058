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

/// Log rows on their way to the database. Holds so many bytes of them; beyond that the oldest of the least severe are
/// lost: debug first, error last. Any thread may write, one takes.
class LogQueue final : public base::LogSink {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  using Rows = std::vector<database::Log>;

  /// About 300,000 rows of the usual length.
  static constexpr std::size_t default_bytes = 64UL * 1024 * 1024;

  explicit LogQueue(std::size_t most_bytes = default_bytes) : most_bytes_(most_bytes) {}

  void write(const base::LogRecord& record) override;

  /// Waits for a row, and then up to `patience` for others, and returns up to `most` of them by id. Returns at
  /// `deadline` in any case, and at once when it should hurry.
  [[nodiscard]] Rows collect(std::size_t most, std::chrono::milliseconds patience, TimePoint deadline);

  /// From here on `collect` does not wait.
  void hurry();
  /// From here on nothing is taken in any more.
  void close();

  struct Stats {
    std::size_t rows = 0;
    std::size_t bytes = 0;
    std::uint64_t lost = 0;  ///< Since the start.
  };
  [[nodiscard]] Stats stats() const;

 private:
  [[nodiscard]] Rows take(std::size_t most);
  void lose_one();

  const std::size_t most_bytes_;
  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable arrived_;
  std::array<std::deque<database::Log>, 5> rows_;  // by level; each by id
  std::size_t size_ = 0;
  std::size_t bytes_ = 0;
  std::size_t wanted_ = 1;  // so many the taker waits for
  std::uint64_t lost_ = 0;
  bool hurry_ = false;
  bool closed_ = false;
};

}  // namespace guildhall::logger
