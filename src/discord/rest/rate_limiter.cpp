#include "discord/rest/rate_limiter.hpp"

#include <utility>

namespace guildhall::discord {
namespace {

RateLimitState::Time now() { return std::chrono::steady_clock::now(); }

}  // namespace

RateLimiter::RateLimiter(net::Executor home, RateLimits limits, RestCounters& counters, base::Log log)
    : state_(limits), counters_(counters), log_(std::move(log)), timer_(std::move(home)) {}

RateLimiter::Permit::Permit(std::shared_ptr<RateLimiter> limiter, RateLimitKey key, std::size_t bytes,
                            RateLimitState::Time deadline)
    : limiter_(std::move(limiter)), id_(limiter_->state_.enqueue(key, bytes, deadline, now())) {
  limiter_->waiters_[id_];
  limiter_->update();
}

RateLimiter::Permit::~Permit() {
  if (!limiter_) return;  // moved from
  limiter_->waiters_.erase(id_);
  limiter_->state_.remove(id_, now());
  limiter_->update();
}

net::Task<base::Result<RateLimiter::Permit>> RateLimiter::acquire(RateLimitKey key, std::size_t bytes,
                                                                  std::chrono::milliseconds patience) {
  Permit permit(shared_from_this(), key, bytes, now() + patience);
  const auto permitted = co_await permit.wait();
  if (!permitted) co_return permitted.error();
  co_return std::move(permit);
}

net::Task<base::Result<void>> RateLimiter::Permit::wait() {
  auto& waiter = limiter_->waiters_.at(id_);
  if (!waiter.decision) {
    const auto start = now();
    waiter.decided.reset();
    co_await waiter.decided.wait();
    const auto time = std::chrono::ceil<std::chrono::milliseconds>(now() - start);
    waited_ += time;
    limiter_->counters_.update([time](RestStats& stats) {
      ++stats.waits;
      stats.waited += time;
    });
  }
  auto refusal = std::exchange(waiter.decision, std::nullopt)->refusal;
  if (!refusal) co_return base::Result<void>{};
  limiter_->counters_.update([](RestStats& stats) { ++stats.given_up; });
  co_return std::move(*refusal);
}

void RateLimiter::Permit::complete(const std::optional<RateLimitHeaders>& headers) {
  if (headers) {
    limiter_->counters_.count_limited(*headers);
    limiter_->state_.complete(id_, *headers, now());
    limiter_->log_ban(headers->status);
  } else {
    limiter_->state_.fail(id_, now());
  }
  limiter_->update();
}

net::Task<base::Result<void>> RateLimiter::Permit::reacquire(std::chrono::milliseconds pause) {
  limiter_->state_.requeue(id_, now() + pause, now());
  limiter_->update();
  return wait();
}

void RateLimiter::refuse(std::uint64_t account, std::chrono::milliseconds duration) {
  state_.refuse(account, now() + duration, now());
  update();
}

void RateLimiter::close() {
  state_.close(now());
  update();
}

/// One line for each ban: those that were in flight when it began are refused, too.
void RateLimiter::log_ban(unsigned status) {
  const auto until = state_.banned_until();
  const auto time = now();
  if (until <= time || ban_logged_until_ > time) return;
  ban_logged_until_ = until;
  log_.error(
      "Discord refuses all requests from this address, as after too many invalid requests (Cloudflare's error 1015). "
      "None is sent for now. If it lasts, look for other programs behind the same address",
      {{"status", status}, {"wait_s", std::chrono::ceil<std::chrono::seconds>(until - time).count()}});
}

void RateLimiter::update() {
  for (auto& decision : state_.decide(now())) {
    const auto found = waiters_.find(decision.request);
    if (found == waiters_.end()) continue;
    found->second.decision = std::move(decision);
    found->second.decided.set();
  }
  const auto counts = state_.counts(now());
  counters_.update([&counts](RestStats& stats) {
    stats.queue_length = counts.waiting;
    stats.queue_bytes = counts.bytes;
    stats.in_flight = counts.in_flight;
    stats.invalid_requests = counts.invalid;
    stats.buckets = counts.buckets;
  });
  if (counts.stopped && !stopped_) {
    log_.error("Discord refused too many requests. No more are sent for now, to avoid a ban of this address.",
               {{"refused", counts.invalid}});
  }
  stopped_ = counts.stopped;

  timer_.cancel();
  if (const auto next = state_.next_decision()) {
    timer_.expires_at(*next);
    timer_.async_wait([self = weak_from_this()](boost::system::error_code cancelled) {
      const auto limiter = self.lock();
      if (!cancelled && limiter) limiter->update();
    });
  }
}

}  // namespace guildhall::discord
