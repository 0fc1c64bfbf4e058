#include "discord/gateway/identify_limiter.hpp"

#include <algorithm>
#include <utility>

namespace guildhall::discord {
namespace {

using std::chrono::steady_clock;

/// Before a start, older limits are fetched again.
constexpr std::chrono::minutes max_limits_age{5};
/// A long wait is reviewed after this time, because Discord may have changed its limits.
constexpr std::chrono::seconds max_sleep{60};

}  // namespace

IdentifyLimiter::Permit::~Permit() {
  if (!limiter_) return;  // moved from
  limiter_->queue_->release(shard_, used_, steady_clock::now());
  limiter_->changed_.set();
}

net::Task<> IdentifyLimiter::load() {
  const auto now = parts_.clock.now();
  budget_ = IdentifyBudget(co_await parts_.store.identifies(parts_.bot, now - IdentifyBudget::day));
  starts_last_day_ = budget_.starts_last_day(now);
}

void IdentifyLimiter::set_limits(const GatewayBot& bot, unsigned shards) {
  const auto& limit = bot.session_start_limit;
  if (!queue_) queue_.emplace(std::max(1U, limit.max_concurrency));
  shards_ = std::max(1U, shards);
  budget_.set_limit(limit, parts_.clock.now());
  limits_from_ = steady_clock::now();
}

net::Task<std::optional<IdentifyLimiter::Permit>> IdentifyLimiter::acquire(unsigned shard) {
  if (stopped_) co_return std::nullopt;
  const auto waiter = waiters_[shard] = std::make_shared<Waiter>();
  queue_->enqueue(shard);
  changed_.set();
  co_await waiter->decided.wait();
  if (!waiter->granted) co_return std::nullopt;
  co_return Permit(shared_from_this(), shard);
}

net::Task<> IdentifyLimiter::record_start() {
  const auto now = parts_.clock.now();
  budget_.record_start(now);
  starts_last_day_ = budget_.starts_last_day(now);
  try {
    co_await parts_.store.add_identify(parts_.bot, now, now - IdentifyBudget::day);
  } catch (const std::exception& exception) {
    parts_.log.warn("Could not save the start of a session", {{"reason", exception.what()}});
  }
}

net::Task<> IdentifyLimiter::run() {
  while (!stopped_) {
    Time until = queue_->next();
    if (until <= steady_clock::now()) {
      co_await refresh_limits();
      if (stopped_) break;
      until = grant_next();
    }
    co_await changed_.wait_until(until);
    changed_.reset();
  }
}

void IdentifyLimiter::stop() {
  stopped_ = true;
  changed_.set();
  for (const auto& [shard, waiter] : std::exchange(waiters_, {})) waiter->decided.set();
}

net::Task<> IdentifyLimiter::refresh_limits() {
  if (steady_clock::now() - limits_from_ < max_limits_age) co_return;
  const auto fetched = co_await parts_.fetch();
  if (fetched) {
    set_limits(*fetched, shards_);
  } else {
    limits_from_ = steady_clock::now();  // The known limits must do for a while.
  }
}

IdentifyLimiter::Time IdentifyLimiter::grant_next() {
  const auto now = parts_.clock.now();
  const auto decision = budget_.next(now, shards_, queue_->taken());
  const bool allowed = decision.allowed_at <= now;
  std::string reason;
  if (!allowed) {
    reason = decision.reason + " The next one may start at " + base::to_iso8601(decision.allowed_at) + ".";
    if (reason != waiting_reason_) parts_.log.warn(reason);
  }
  if (std::exchange(waiting_reason_, reason) != reason) parts_.monitor.set_waiting_reason(reason);
  if (!allowed) {
    return steady_clock::now() + std::min<steady_clock::duration>(decision.allowed_at - now, max_sleep);
  }
  if (const auto shard = queue_->take(steady_clock::now())) {
    const auto waiter = waiters_.extract(*shard);
    waiter.mapped()->granted = true;
    waiter.mapped()->decided.set();
  }
  return queue_->next();
}

}  // namespace guildhall::discord
