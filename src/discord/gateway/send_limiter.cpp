#include "discord/gateway/send_limiter.hpp"

namespace guildhall::discord {

void SendLimiter::count(Time now) {
  sent_[next_] = now;
  next_ = (next_ + 1) % most;
}

SendLimiter::Time SendLimiter::ready_at() const {
  // One more may go when the one sent `most - kept_` sends ago is a window old.
  const Time time = sent_[(next_ + kept_) % most];
  return time == Time{} ? Time::min() : time + window;
}

bool SendLimiter::has_room(Time now) const { return sent_[next_] == Time{} || sent_[next_] + window <= now; }

}  // namespace guildhall::discord
