#include "logger/log_feed.hpp"

#include <utility>

#include "logger/format.hpp"

namespace guildhall::logger {

void LogFeed::seed(std::vector<database::Log> earlier) {
  const std::lock_guard lock(mutex_);
  for (; !earlier.empty() && history_.size() < history_length; earlier.pop_back()) {
    // Rows of another process may be newer than our history.
    if (!history_.empty() && earlier.back().id >= history_.front()->id) continue;
    history_.push_front(std::make_shared<const database::Log>(std::move(earlier.back())));
  }
}

void LogFeed::subscribe(Listener listener) {
  const std::lock_guard lock(mutex_);
  listener_ = std::move(listener);
}

std::vector<LogFeed::Entry> LogFeed::recent() const {
  const std::lock_guard lock(mutex_);
  return {history_.begin(), history_.end()};
}

void LogFeed::write(const base::LogRecord& record) {
  auto entry = std::make_shared<const database::Log>(to_row(record));
  const std::lock_guard lock(mutex_);
  history_.push_back(entry);
  if (history_.size() > history_length) history_.pop_front();
  if (listener_) listener_(entry);
}

}  // namespace guildhall::logger
