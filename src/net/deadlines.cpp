#include "net/deadlines.hpp"

#include <algorithm>
#include <utility>

namespace guildhall::net {
namespace {

/// What comes within this time of each other is done at once.
constexpr std::chrono::milliseconds gap{2};

}  // namespace

void DeadlineHeap::set(Deadline& deadline, Time time) {
  if (deadline.place_ == Deadline::nowhere) {
    deadline.place_ = entries_.size();
    entries_.push_back({time, &deadline});
    move_up(deadline.place_);
    return;
  }
  auto& entry = entries_[deadline.place_];
  const bool earlier = time < entry.time;
  entry.time = time;
  earlier ? move_up(deadline.place_) : move_down(deadline.place_);
}

void DeadlineHeap::clear(Deadline& deadline) {
  if (deadline.place_ == Deadline::nowhere) return;
  const std::size_t place = std::exchange(deadline.place_, Deadline::nowhere);
  const Entry last = entries_.back();
  entries_.pop_back();
  if (last.deadline == &deadline) return;
  put(place, last);
  move_up(place);
  move_down(last.deadline->place_);
}

Deadline* DeadlineHeap::take_due(Time now) {
  if (entries_.empty() || entries_.front().time > now) return nullptr;
  Deadline* due = entries_.front().deadline;
  clear(*due);
  return due;
}

void DeadlineHeap::put(std::size_t place, Entry entry) {
  entries_[place] = entry;
  entry.deadline->place_ = place;
}

void DeadlineHeap::move_up(std::size_t place) {
  const Entry entry = entries_[place];
  while (place > 0) {
    const std::size_t parent = (place - 1) / 2;
    if (entries_[parent].time <= entry.time) break;
    put(place, entries_[parent]);
    place = parent;
  }
  put(place, entry);
}

void DeadlineHeap::move_down(std::size_t place) {
  const Entry entry = entries_[place];
  for (;;) {
    std::size_t child = 2 * place + 1;
    if (child >= entries_.size()) break;
    if (child + 1 < entries_.size() && entries_[child + 1].time < entries_[child].time) ++child;
    if (entry.time <= entries_[child].time) break;
    put(place, entries_[child]);
    place = child;
  }
  put(place, entry);
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
