#include "discord/rest/limits.hpp"

#include <algorithm>

namespace guildhall::discord {
namespace {

/// Resets of one window differ by less than this, because Discord computes them anew for each answer.
constexpr std::chrono::milliseconds reset_tolerance{100};

}  // namespace

Bucket::Time Bucket::ready_at(Time now) {
  if (blocked_until_ > now) return blocked_until_;
  if (kind_ == Kind::unlimited) return now;
  if (kind_ == Kind::unknown) return in_flight_ == 0 ? now : Time::max();
  const bool open = reset_at_ > now;
  if (!open) remaining_ = limit_;
  if (remaining_ > in_flight_) return now;
  return open ? reset_at_ : Time::max();
}

void Bucket::update(const BucketHeaders& headers, Time now) {
  const Time reset_at = now + headers.reset_after;
  const bool same_window = kind_ == Kind::limited && reset_at_ > now && headers.reset < window_ + reset_tolerance;
  kind_ = Kind::limited;
  limit_ = headers.limit;
  // Answers overtake each other; the one that counted more requests is right.
  remaining_ = same_window ? std::min(remaining_, headers.remaining) : headers.remaining;
  reset_at_ = same_window ? std::max(reset_at_, reset_at) : reset_at;
  window_ = same_window ? std::max(window_, headers.reset) : headers.reset;
}

void Bucket::block(Time until) { blocked_until_ = std::max(blocked_until_, until); }

void InvalidRequestLimit::record(Time now) {
  if (seconds_.empty() || now - seconds_.back().start >= std::chrono::seconds(1)) seconds_.push_back({now, 0});
  ++seconds_.back().count;
  ++count_;
}

std::size_t InvalidRequestLimit::count(Time now) {
  while (!seconds_.empty() && seconds_.front().start + window <= now) {
    count_ -= seconds_.front().count;
    seconds_.pop_front();
  }
  return count_;
}

InvalidRequestLimit::Duration InvalidRequestLimit::pause(Time now) {
  const std::size_t used = count(now);
  if (used <= slow_from) return Duration::zero();
  if (used >= stop_at) return window;
  // Spreads the rest over the window, weighted by how much of the slow range is used.
  const double even = std::chrono::duration<double>(window).count() / static_cast<double>(stop_at - used);
  const double share = static_cast<double>(used - slow_from) / static_cast<double>(stop_at - slow_from);
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(even * share));
}

bool InvalidRequestLimit::stopped(Time now) {
  stopped_ = count(now) >= (stopped_ ? resume_below : stop_at);
  return stopped_;
}

InvalidRequestLimit::Time InvalidRequestLimit::resumes_at() const {
  std::size_t left = count_;
  for (const Second& second : seconds_) {
    left -= second.count;
    if (left < resume_below) return second.start + window;
  }
  return Time{};
}

}  // namespace guildhall::discord
