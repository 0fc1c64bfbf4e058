#include "net/deadlines.hpp"

#include <algorithm>
#include <utility>

namespace guildhall::net {
namespace {

/// Deadlines within this time are handled by one run of the timer.
constexpr std::chrono::milliseconds gap{2};

}  // namespace

void DeadlineHeap::set(Deadline& deadline, Time time) {
  if (deadline.index_ == Deadline::not_set) {
    deadline.index_ = entries_.size();
    entries_.push_back({time, &deadline});
    move_up(deadline.index_);
    return;
  }
  auto& entry = entries_[deadline.index_];
  const bool earlier = time < entry.time;
  entry.time = time;
  earlier ? move_up(deadline.index_) : move_down(deadline.index_);
}

void DeadlineHeap::clear(Deadline& deadline) {
  if (deadline.index_ == Deadline::not_set) return;
  const std::size_t index = std::exchange(deadline.index_, Deadline::not_set);
  const Entry last = entries_.back();
  entries_.pop_back();
  if (last.deadline == &deadline) return;
  put(index, last);
  move_up(index);
  move_down(last.deadline->index_);
}

Deadline* DeadlineHeap::take_due(Time now) {
  if (entries_.empty() || entries_.front().time > now) return nullptr;
  Deadline* due = entries_.front().deadline;
  clear(*due);
  return due;
}

void DeadlineHeap::put(std::size_t index, Entry entry) {
  entries_[index] = entry;
  entry.deadline->index_ = index;
}

void DeadlineHeap::move_up(std::size_t index) {
  const Entry entry = entries_[index];
  while (index > 0) {
    const std::size_t parent = (index - 1) / 2;
    if (entries_[parent].time <= entry.time) break;
    put(index, entries_[parent]);
    index = parent;
  }
  put(index, entry);
}

void DeadlineHeap::move_down(std::size_t index) {
  const Entry entry = entries_[index];
  for (;;) {
    std::size_t child = 2 * index + 1;
    if (child >= entries_.size()) break;
    if (child + 1 < entries_.size() && entries_[child + 1].time < entries_[child].time) ++child;
    if (entry.time <= entries_[child].time) break;
    put(index, entries_[child]);
    index = child;
  }
  put(index, entry);
}

void Deadlines::set(Deadline& deadline, Deadline::Time time) {
  heap_.set(deadline, time);
  if (time < armed_) arm(time);
}

void Deadlines::arm(Deadline::Time time) {
  armed_ = time;
  timer_.expires_at(time);
  timer_.async_wait([self = weak_from_this()](boost::system::error_code error) {
    const auto deadlines = self.lock();
    if (!error && deadlines) deadlines->run();
  });
}

void Deadlines::run() {
  const auto now = std::chrono::steady_clock::now();
  while (Deadline* due = heap_.take_due(now)) due->on_deadline(now);
  armed_ = Deadline::Time::max();
  if (!heap_.empty()) arm(std::max(heap_.first(), now + gap));
}

}  // namespace guildhall::net
