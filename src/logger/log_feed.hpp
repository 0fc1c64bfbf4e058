#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/log.hpp"
#include "database/models/log.hpp"

namespace guildhall::logger {

/// The log for dashboards: the newest records, and each new one. A reader that subscribes before it calls `recent`
/// misses nothing; records in both have the same id, and ids increase. Any thread may call.
class LogFeed final : public base::LogSink {
 public:
  using Entry = std::shared_ptr<const database::Log>;
  /// Called with each record in the order of ids, on the thread that logs, one call at a time. It passes the record to
  /// an event loop and returns; it must not block, throw or call the feed. What it logs is dropped.
  using Listener = std::function<void(const Entry&)>;

  static constexpr std::size_t history_length = 50;

  /// Inserts rows of earlier runs before the history; oldest first.
  void seed(std::vector<database::Log> earlier);

  /// Replaces the listener; an empty one removes it. When this returns, the former one is not called any more.
  void subscribe(Listener listener);

  /// The newest records, at most `history_length`, oldest first.
  [[nodiscard]] std::vector<Entry> recent() const;

  void write(const base::LogRecord& record) override;

 private:
  mutable std::mutex mutex_;
  std::deque<Entry> history_;
  Listener listener_;
};

}  // namespace guildhall::logger
