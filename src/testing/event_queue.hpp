#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace guildhall::test {

/// Texts that another thread adds, in order, for the test to wait for.
class EventQueue {
 public:
  void add(std::string text) {
    const std::lock_guard lock(mutex_);
    texts_.push_back(std::move(text));
    changed_.notify_one();
  }

  /// Waits for the next one; "nothing" after 20 seconds.
  [[nodiscard]] std::string next() {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, std::chrono::seconds(20), [this] { return !texts_.empty(); })) return "nothing";
    std::string text = std::move(texts_.front());
    texts_.pop_front();
    return text;
  }
  std::vector<std::string> next(std::size_t count) {
    std::vector<std::string> texts;
    while (texts.size() < count) texts.push_back(next());
    return texts;
  }
  [[nodiscard]] bool empty() const {
    const std::lock_guard lock(mutex_);
    return texts_.empty();
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> texts_;
};

}  // namespace guildhall::test
