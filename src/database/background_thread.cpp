#include "database/background_thread.hpp"

#include <chrono>

namespace guildhall::database {

using std::chrono::steady_clock;

void BackgroundThread::start(std::unique_ptr<Connection> connection) {
  thread_ = std::thread([this, connection = std::move(connection)]() mutable { run(std::move(connection)); });
}

void BackgroundThread::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::shared_ptr<void> BackgroundThread::each_minute(std::function<void()> work) {
  const std::lock_guard lock(tasks_mutex_);
  const auto key = next_task_++;
  minute_tasks_.emplace(key, std::move(work));
  return {nullptr, [this, key](void*) {
            const std::lock_guard inner(tasks_mutex_);
            minute_tasks_.erase(key);
          }};
}

void BackgroundThread::run(std::unique_ptr<Connection> connection) {
  auto tasks_due = steady_clock::now() + std::chrono::minutes(1);
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    if (connection) poll_feed(*connection);
    if (steady_clock::now() >= tasks_due) {
      tasks_due += std::chrono::minutes(1);
      run_minute_tasks();
    }
    lock.lock();
    stopped_.wait_for(lock, ChangeFeed::poll_interval, [this] { return stopping_; });
  }
}

void BackgroundThread::poll_feed(Connection& connection) {
  const auto now = steady_clock::now();
  const auto error = connection.attempt([&](soci::session& sql) { feed_.poll(sql, now); }, [] { return true; });
  ++(error ? tally_.feed_failures : tally_.feed_polls);
}

void BackgroundThread::run_minute_tasks() {
  const std::lock_guard lock(tasks_mutex_);
  for (const auto& [key, work] : minute_tasks_) work();
}

}  // namespace guildhall::database
