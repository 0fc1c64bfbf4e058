#include "discord/gateway/session_checkpointer.hpp"

#include <algorithm>
#include <utility>

namespace guildhall::discord {
namespace {

constexpr std::uint64_t ready_sequence = 1;

}  // namespace

std::optional<std::vector<SavedSession>> SessionCheckpointer::due(const ResumePoints& points, base::Timestamp now) {
  const ResumePoints previous = std::exchange(previous_, points);
  ResumePoints earlier = points;
  for (std::size_t shard = 0; shard < points.size(); ++shard) {
    if (!earlier[shard]) continue;
    const bool known = previous[shard] && previous[shard]->session_id == earlier[shard]->session_id;
    earlier[shard]->sequence = known ? previous[shard]->sequence : ready_sequence;
  }
  if (earlier == saved_ && now < saved_at_ + renewal) return std::nullopt;
  saved_ = earlier;
  saved_at_ = now;
  return all(earlier, now);
}

std::vector<SavedSession> SessionCheckpointer::all(const ResumePoints& points, base::Timestamp now) const {
  std::vector<SavedSession> sessions;
  for (unsigned shard = 0; shard < points.size(); ++shard) {
    if (!points[shard]) continue;
    sessions.push_back({shard, shards_, static_cast<std::uint32_t>(intents_), *points[shard], now});
  }
  return sessions;
}

std::optional<ResumePoint> SessionCheckpointer::resume(const std::vector<SavedSession>& saved, unsigned shard,
                                                       base::Timestamp now) {
  const auto found = std::ranges::find_if(saved, [&](const SavedSession& session) {
    return session.shard == shard && session.shards == shards_ &&
           session.intents == static_cast<std::uint32_t>(intents_) && session.saved_at + max_age >= now &&
           session.saved_at <= now + max_age;
  });
  if (found == saved.end()) return std::nullopt;
  previous_[shard] = found->point;
  return found->point;
}

}  // namespace guildhall::discord
