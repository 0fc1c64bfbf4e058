#include "discord/gateway/identify_budget.hpp"

#include <algorithm>

namespace guildhall::discord {
namespace {

/// Of what Discord says is left, this is not used where it can be helped.
constexpr unsigned reserve = 10;

}  // namespace

void IdentifyBudget::set_limit(const SessionStartLimit& limit, Time now) {
  limit_ = limit;
  resets_at_ = now + limit.reset_after;
}

void IdentifyBudget::add(Time now) {
  std::erase_if(starts_, [now](Time start) { return start + day < now; });
  starts_.push_back(now);
  if (limit_.remaining > 0) --limit_.remaining;
}

IdentifyBudget::Verdict IdentifyBudget::next(Time now, unsigned shards, unsigned pending) const {
  const unsigned kept = std::min(reserve, limit_.total / 100);
  if (limit_.remaining <= kept + pending && resets_at_ > now) {
    return {resets_at_, "Discord allows no more sessions to be started for now."};
  }
  const std::size_t most = std::max<std::size_t>(limit_.total / 2, 2 * shards);
  if (last_day(now) + pending >= most && starts_.size() >= most) {
    return {starts_[starts_.size() - most] + day, "Too many sessions were started in the last 24 hours."};
  }
  const std::size_t rounds = since(now - std::chrono::hours(1)) / shards;
  if (rounds < free_starts) return {now, ""};
  const auto doublings = std::min<std::size_t>(rounds - free_starts, 16);
  const auto pause = std::min<std::chrono::seconds>(first_pause * (1U << doublings), longest_pause);
  return {starts_.back() + pause, "Many sessions were started in the last hour."};
}

std::size_t IdentifyBudget::last_day(Time now) const { return since(now - day); }

std::size_t IdentifyBudget::since(Time time) const {
  return static_cast<std::size_t>(
      std::count_if(starts_.begin(), starts_.end(), [time](Time start) { return start > time; }));
}

}  // namespace guildhall::discord
