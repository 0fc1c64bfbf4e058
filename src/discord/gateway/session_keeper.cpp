#include "discord/gateway/session_keeper.hpp"

#include <algorithm>

namespace guildhall::discord {
namespace {

constexpr std::uint64_t ready_sequence = 1;

}  // namespace

std::optional<std::vector<SavedSession>> SessionKeeper::due(const Points& points, base::Timestamp now) {
  Points earlier = points;
  for (std::size_t shard = 0; shard < points.size(); ++shard) {
    const auto& former = former_[shard];
    if (!earlier[shard]) continue;
    const bool known = former && former->session_id == earlier[shard]->session_id;
    earlier[shard]->sequence = known ? former->sequence : ready_sequence;
  }
  former_ = points;
  if (earlier == saved_ && now < saved_at_ + renewal) return std::nullopt;
  saved_ = earlier;
  saved_at_ = now;
  return all(earlier, now);
}

std::vector<SavedSession> SessionKeeper::all(const Points& points, base::Timestamp now) const {
  std::vector<SavedSession> sessions;
  for (unsigned shard = 0; shard < points.size(); ++shard) {
    if (!points[shard]) continue;
    sessions.push_back({shard, shards_, static_cast<std::uint32_t>(intents_), *points[shard], now});
  }
  return sessions;
}

std::optional<ResumePoint> SessionKeeper::take_up(const std::vector<SavedSession>& saved, unsigned shard,
                                                  base::Timestamp now) {
  const auto found = std::find_if(saved.begin(), saved.end(), [&](const SavedSession& session) {
    return session.shard == shard && session.shards == shards_ &&
           session.intents == static_cast<std::uint32_t>(intents_) && session.saved_at + most_age >= now &&
           session.saved_at <= now + most_age;
  });
  if (found == saved.end()) return std::nullopt;
  former_[shard] = found->point;
  return found->point;
}

}  // namespace guildhall::discord
