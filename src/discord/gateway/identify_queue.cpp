#include "discord/gateway/identify_queue.hpp"

#include <algorithm>

namespace guildhall::discord {

void IdentifyQueue::enter(unsigned shard) { buckets_[shard % max_concurrency_].line.push_back(shard); }

void IdentifyQueue::leave(unsigned shard, bool identified, Time now) {
  Bucket& bucket = buckets_[shard % max_concurrency_];
  std::erase(bucket.line, shard);
  if (bucket.taken != shard) return;
  bucket.taken.reset();
  if (identified) bucket.free_at = now + spacing;
}

std::optional<unsigned> IdentifyQueue::take(Time now) {
  for (auto& [key, bucket] : buckets_) {
    if (bucket.line.empty() || bucket.taken || bucket.free_at > now) continue;
    bucket.taken = bucket.line.front();
    bucket.line.pop_front();
    return bucket.taken;
  }
  return std::nullopt;
}

IdentifyQueue::Time IdentifyQueue::next() const {
  Time first = never;
  for (const auto& [key, bucket] : buckets_) {
    if (!bucket.line.empty() && !bucket.taken) first = std::min(first, bucket.free_at);
  }
  return first;
}

bool IdentifyQueue::waits() const {
  return std::any_of(buckets_.begin(), buckets_.end(), [](const auto& each) { return !each.second.line.empty(); });
}

unsigned IdentifyQueue::taken() const {
  return static_cast<unsigned>(
      std::count_if(buckets_.begin(), buckets_.end(), [](const auto& each) { return each.second.taken.has_value(); }));
}

}  // namespace guildhall::discord
