#include "discord/gateway/identify_gate.hpp"

#include <algorithm>
#include <utility>

namespace guildhall::discord {
namespace {

using std::chrono::steady_clock;

/// What Discord says about session starts is asked for anew before a start, if it is older.
constexpr std::chrono::minutes limit_age{5};
/// A long wait is looked at again and again: Discord may have changed its mind.
constexpr std::chrono::seconds longest_sleep{60};

}  // namespace

IdentifyGate::IdentifyGate(Parts parts) : parts_(std::move(parts)), wake_up_(parts_.executor) {}

net::Task<> IdentifyGate::load() {
  const auto now = parts_.clock.now();
  auto reading = parts_.store.identifies(parts_.bot, now - IdentifyBudget::day);
  auto starts = co_await std::move(reading);
  budget_ = IdentifyBudget(std::move(starts));
  starts_in_a_day_ = budget_.last_day(now);
}

void IdentifyGate::learn(const GatewayBot& bot, unsigned shards) {
  const auto& limit = bot.session_start_limit;
  if (!queue_) queue_.emplace(std::max(1U, limit.max_concurrency));
  shards_ = std::max(1U, shards);
  budget_.set_limit(limit, parts_.clock.now());
  learnt_at_ = steady_clock::now();
}

void IdentifyGate::enter(unsigned shard) {
  queue_->enter(shard);
  wake_up_.call();
}

void IdentifyGate::leave(unsigned shard, bool identified) {
  queue_->leave(shard, identified, steady_clock::now());
  wake_up_.call();
}

net::Task<> IdentifyGate::count() {
  const auto now = parts_.clock.now();
  budget_.add(now);
  starts_in_a_day_ = budget_.last_day(now);
  try {
    auto writing = parts_.store.add_identify(parts_.bot, now, now - IdentifyBudget::day);
    co_await std::move(writing);
  } catch (const std::exception& exception) {
    parts_.log.warn("The start of a session could not be written down", {{"reason", exception.what()}});
  }
}

net::Task<> IdentifyGate::run(std::function<void(unsigned shard)> give) {
  while (!stopped_) {
    Time until = queue_->next();
    if (until <= steady_clock::now()) {
      auto refreshing = refresh();
      co_await std::move(refreshing);
      if (stopped_) break;
      until = give_one(give);
    }
    auto sleeping = wake_up_.sleep_until(until);
    co_await std::move(sleeping);
  }
}

void IdentifyGate::stop() {
  stopped_ = true;
  wake_up_.call();
}

net::Task<> IdentifyGate::refresh() {
  if (steady_clock::now() - learnt_at_ < limit_age) co_return;
  auto fetching = parts_.fetch();
  const auto fetched = co_await std::move(fetching);
  if (fetched) {
    learn(*fetched, shards_);
  } else {
    learnt_at_ = steady_clock::now();  // What is known must do for a while.
  }
}

/// Gives a turn if the budget allows. When to see about the next one.
IdentifyGate::Time IdentifyGate::give_one(const std::function<void(unsigned shard)>& give) {
  const auto now = parts_.clock.now();
  const auto verdict = budget_.next(now, shards_, queue_->taken());
  std::string notice;
  if (verdict.allowed_at > now) {
    notice = verdict.reason + " The next one may start at " + base::to_iso8601(verdict.allowed_at) + ".";
    if (notice != notice_) parts_.log.warn(notice);
  }
  if (std::exchange(notice_, notice) != notice) parts_.monitor.wait_for(notice);
  if (verdict.allowed_at > now) {
    return steady_clock::now() + std::min<steady_clock::duration>(verdict.allowed_at - now, longest_sleep);
  }
  if (const auto shard = queue_->take(steady_clock::now())) give(*shard);
  return queue_->next();
}

}  // namespace guildhall::discord
