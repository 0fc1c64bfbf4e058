#include "discord/gateway/identify_limits.hpp"

#include <algorithm>

namespace guildhall::discord {
namespace {

/// So many of the starts that Discord still allows are not used.
constexpr unsigned reserve = 10;

}  // namespace

void IdentifyQueue::enqueue(unsigned shard) { buckets_[shard % max_concurrency_].waiting.push_back(shard); }

void IdentifyQueue::release(unsigned shard, bool identified, Time now) {
  Bucket& bucket = buckets_[shard % max_concurrency_];
  std::erase(bucket.waiting, shard);
  if (bucket.taken != shard) return;
  bucket.taken.reset();
  if (identified) bucket.free_at = now + spacing;
}

std::optional<unsigned> IdentifyQueue::take(Time now) {
  for (auto& [key, bucket] : buckets_) {
    if (bucket.waiting.empty() || bucket.taken || bucket.free_at > now) continue;
    bucket.taken = bucket.waiting.front();
    bucket.waiting.pop_front();
    return bucket.taken;
  }
  return std::nullopt;
}

IdentifyQueue::Time IdentifyQueue::next() const {
  Time first = never;
  for (const auto& [key, bucket] : buckets_) {
    if (!bucket.waiting.empty() && !bucket.taken) first = std::min(first, bucket.free_at);
  }
  return first;
}

unsigned IdentifyQueue::taken() const {
  return static_cast<unsigned>(
      std::ranges::count_if(buckets_, [](const auto& each) { return each.second.taken.has_value(); }));
}

void IdentifyBudget::set_limit(const SessionStartLimit& limit, Time now) {
  limit_ = limit;
  resets_at_ = now + limit.reset_after;
}

void IdentifyBudget::record_start(Time now) {
  std::erase_if(starts_, [now](Time start) { return start + day < now; });
  starts_.push_back(now);
  if (limit_.remaining > 0) --limit_.remaining;
}

IdentifyBudget::Decision IdentifyBudget::next(Time now, unsigned shards, unsigned pending) const {
  const unsigned kept = std::min(reserve, limit_.total / 100);
  if (limit_.remaining <= kept + pending && resets_at_ > now) {
    return {resets_at_, "Discord allows no more session starts for now."};
  }
  const std::size_t max_starts = std::max<std::size_t>(limit_.total / 2, 2 * shards);
  if (starts_last_day(now) + pending >= max_starts && starts_.size() >= max_starts) {
    return {starts_[starts_.size() - max_starts] + day, "Too many sessions were started in the last 24 hours."};
  }
  const std::size_t rounds = starts_since(now - std::chrono::hours(1)) / shards;
  if (rounds < free_starts) return {now, ""};
  const auto doublings = std::min<std::size_t>(rounds - free_starts, 16);
  const auto pause = std::min<std::chrono::seconds>(first_pause * (1U << doublings), max_pause);
  return {starts_.back() + pause, "Many sessions were started in the last hour."};
}

std::size_t IdentifyBudget::starts_since(Time time) const {
  return static_cast<std::size_t>(std::ranges::count_if(starts_, [time](Time start) { return start > time; }));
}

}  // namespace guildhall::discord
