#include "logger/log_queue.hpp"

#include <algorithm>
#include <utility>

#include "logger/format.hpp"

namespace guildhall::logger {
namespace {

std::size_t size_of(const database::Log& row) {
  return sizeof row + row.source.size() + row.message.size() + (row.stacktrace ? row.stacktrace->size() : 0);
}

}  // namespace

void LogQueue::write(const base::LogRecord& record) {
  auto row = to_row(record);
  bool enough = false;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    bytes_ += size_of(row);
    ++size_;
    rows_[static_cast<std::size_t>(row.level)].push_back(std::move(row));
    for (; bytes_ > max_bytes_; ++lost_) {
      pop(*std::find_if(rows_.rbegin(), rows_.rend(), [](const auto& level) { return !level.empty(); }));
    }
    enough = size_ == wanted_;
  }
  if (enough) arrived_.notify_one();
}

LogQueue::Rows LogQueue::collect(std::size_t max_rows, std::chrono::milliseconds delay, TimePoint deadline) {
  std::unique_lock lock(mutex_);
  const auto wait_for = [&](std::size_t wanted, TimePoint until) {
    wanted_ = wanted;
    arrived_.wait_until(lock, until, [&] { return !waits_ || size_ >= wanted; });
  };
  wait_for(1, deadline);
  if (size_ > 0) wait_for(max_rows, std::min(deadline, std::chrono::steady_clock::now() + delay));
  return take(max_rows);
}

LogQueue::Rows LogQueue::take(std::size_t max_rows) {
  Rows taken;
  taken.reserve(std::min(max_rows, size_));
  while (taken.size() < max_rows && size_ > 0) {
    taken.push_back(pop(*std::ranges::min_element(
        rows_, {}, [](const auto& level) { return level.empty() ? database::LogId{UINT64_MAX} : level.front().id; })));
  }
  return taken;
}

database::Log LogQueue::pop(std::deque<database::Log>& level) {
  auto row = std::move(level.front());
  level.pop_front();
  bytes_ -= size_of(row);
  --size_;
  return row;
}

void LogQueue::stop_waiting() {
  {
    const std::lock_guard lock(mutex_);
    waits_ = false;
  }
  arrived_.notify_one();
}

void LogQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
}

LogQueue::Stats LogQueue::stats() const {
  const std::lock_guard lock(mutex_);
  return {size_, bytes_, lost_};
}

}  // namespace guildhall::logger
