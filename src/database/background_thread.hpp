#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "database/change_feed.hpp"
#include "database/connection.hpp"
#include "database/job_queue.hpp"

namespace guildhall::database {

/// The thread that polls the change feed and starts what is due each minute.
class BackgroundThread {
 public:
  BackgroundThread(ChangeFeed& feed, Tally& tally) : feed_(feed), tally_(tally) {}

  /// `connection` polls the feed; null if the feed needs no polls.
  void start(std::unique_ptr<Connection> connection);
  /// Ends the thread, which closes the connection. May be called again.
  void stop();

  /// See Database::each_minute.
  [[nodiscard]] std::shared_ptr<void> each_minute(std::function<void()> work);

 private:
  void run(std::unique_ptr<Connection> connection);
  void poll_feed(Connection& connection);
  void run_minute_tasks();

  ChangeFeed& feed_;
  Tally& tally_;
  std::mutex mutex_;  // guards stopping_
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::mutex tasks_mutex_;  // held while a task runs, so that none runs after its handle is destroyed
  std::map<std::uint64_t, std::function<void()>> minute_tasks_;
  std::uint64_t next_task_ = 1;
  std::thread thread_;
};

}  // namespace guildhall::database
