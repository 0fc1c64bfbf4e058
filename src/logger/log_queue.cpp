#include "logger/log_queue.hpp"

#include <algorithm>
#include <utility>

#include "logger/row.hpp"

namespace guildhall::logger {
namespace {

std::size_t weigh(const database::Log& row) {
  return sizeof row + row.source.size() + row.message.size() + (row.stacktrace ? row.stacktrace->size() : 0);
}

}  // namespace

void LogQueue::write(const base::LogRecord& record) {
  auto row = row_of(record);
  const auto weight = weigh(row);
  bool enough = false;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    rows_[static_cast<std::size_t>(row.level)].push_back(std::move(row));
    bytes_ += weight;
    ++size_;
    while (bytes_ > most_bytes_) lose_one();
    enough = size_ == wanted_;
  }
  if (enough) arrived_.notify_one();
}

LogQueue::Rows LogQueue::collect(std::size_t most, std::chrono::milliseconds patience, TimePoint deadline) {
  std::unique_lock lock(mutex_);
  const auto wait_for = [&](std::size_t wanted, TimePoint until) {
    wanted_ = wanted;
    arrived_.wait_until(lock, until, [&] { return hurry_ || size_ >= wanted; });
  };
  wait_for(1, deadline);
  if (size_ > 0) wait_for(most, std::min(deadline, std::chrono::steady_clock::now() + patience));
  return take(most);
}

LogQueue::Rows LogQueue::take(std::size_t most) {
  Rows taken;
  taken.reserve(std::min(most, size_));
  while (taken.size() < most && size_ > 0) {
    auto& oldest = *std::ranges::min_element(
        rows_, {}, [](const auto& level) { return level.empty() ? database::LogId{UINT64_MAX} : level.front().id; });
    bytes_ -= weigh(oldest.front());
    --size_;
    taken.push_back(std::move(oldest.front()));
    oldest.pop_front();
  }
  return taken;
}

void LogQueue::lose_one() {
  const auto least_severe =
      std::find_if(rows_.rbegin(), rows_.rend(), [](const auto& level) { return !level.empty(); });
  bytes_ -= weigh(least_severe->front());
  --size_;
  ++lost_;
  least_severe->pop_front();
}

void LogQueue::hurry() {
  {
    const std::lock_guard lock(mutex_);
    hurry_ = true;
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
