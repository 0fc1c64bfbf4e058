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

/// What dashboards are shown: the newest records, and each new one as it comes. Whoever takes `recent` after
/// subscribing misses nothing; what is in both has the same id, and ids rise. Any thread may call.
class LogFeed final : public base::LogSink {
 public:
  using Entry = std::shared_ptr<const database::Log>;
  /// Told of each record in the order of ids, on the thread that logs, one call at a time: hands it on to an event loop
  /// and returns. Must neither block nor throw nor call the feed; what it logs is dropped.
  using Listener = std::function<void(const Entry&)>;

  static constexpr std::size_t history_length = 50;

  /// Puts what an earlier run has left in front of the history; oldest first.
  void seed(std::vector<database::Log> earlier);

  /// Replaces the listener. When this returns the former one is not told any more. An empty one ends the telling.
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
