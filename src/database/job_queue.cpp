#include "database/job_queue.hpp"

#include <algorithm>

namespace guildhall::database {

bool JobQueue::push(std::shared_ptr<Job> job) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || jobs_.size() >= limit_) return false;
    jobs_.push_back(std::move(job));
  }
  arrived_.notify_one();
  return true;
}

std::vector<std::shared_ptr<Job>> JobQueue::pop(std::size_t max) {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return closed_ || !jobs_.empty(); });
  const auto end = jobs_.begin() + static_cast<std::ptrdiff_t>(std::min(max, jobs_.size()));
  std::vector<std::shared_ptr<Job>> taken(std::move_iterator(jobs_.begin()), std::move_iterator(end));
  jobs_.erase(jobs_.begin(), end);
  return taken;
}

void JobQueue::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  arrived_.notify_all();
}

std::vector<std::shared_ptr<Job>> JobQueue::clear() {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Job>> taken(std::move_iterator(jobs_.begin()), std::move_iterator(jobs_.end()));
  jobs_.clear();
  return taken;
}

std::size_t JobQueue::size() const {
  const std::lock_guard lock(mutex_);
  return jobs_.size();
}

}  // namespace guildhall::database
