#include "discord/rest/bucket.hpp"

#include <algorithm>

namespace guildhall::discord {
namespace {

/// Times of one window differ by less than this where Discord calculates them anew for each answer.
constexpr std::chrono::milliseconds same_window{100};

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

void Bucket::learn(const BucketReport& report, Time now) {
  const Time reset_at = now + report.reset_after;
  const bool same = kind_ == Kind::limited && reset_at_ > now && report.reset < window_ + same_window;
  kind_ = Kind::limited;
  limit_ = report.limit;
  if (same) {
    // Answers overtake each other, and the one that knows of more requests is right.
    remaining_ = std::min(remaining_, report.remaining);
    reset_at_ = std::max(reset_at_, reset_at);
    window_ = std::max(window_, report.reset);
  } else {
    remaining_ = report.remaining;
    reset_at_ = reset_at;
    window_ = report.reset;
  }
}

void Bucket::block(Time until) { blocked_until_ = std::max(blocked_until_, until); }

bool Bucket::idle(Time now) const { return in_flight_ == 0 && blocked_until_ <= now && reset_at_ <= now; }

}  // namespace guildhall::discord
