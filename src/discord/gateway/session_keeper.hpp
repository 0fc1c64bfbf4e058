#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "discord/gateway/commands.hpp"
#include "discord/gateway/options.hpp"
#include "discord/gateway/session_store.hpp"

namespace guildhall::discord {

/// What to save of the shards' sessions while they go on, so that a crash can be resumed after. What is saved is a
/// little old on purpose: an event that came just before a crash may not have been acted upon, and shall come again.
class SessionKeeper {
 public:
  using Points = std::vector<std::optional<ResumePoint>>;  ///< By shard.

  /// How often `due` is to be asked.
  static constexpr std::chrono::seconds interval{3};
  /// What has not changed is saved again after this time, so that its age tells whether it is of use.
  static constexpr std::chrono::seconds renewal{60};
  /// Discord keeps a session for some minutes after its connection has ended.
  static constexpr std::chrono::minutes most_age{10};

  SessionKeeper(Intents intents, unsigned shards) : intents_(intents), shards_(shards), former_(shards) {}

  /// What to save now: each session as it was when this was asked last, a new one as it was at its READY. Nothing where
  /// the same is saved already.
  [[nodiscard]] std::optional<std::vector<SavedSession>> due(const Points& points, base::Timestamp now);
  /// What to save at the end, when all events have been acted upon.
  [[nodiscard]] std::vector<SavedSession> all(const Points& points, base::Timestamp now) const;

  /// Where a shard can go on by what a former run of the program saved, of this bot; before `due`.
  [[nodiscard]] std::optional<ResumePoint> take_up(const std::vector<SavedSession>& saved, unsigned shard,
                                                   base::Timestamp now);

 private:
  Intents intents_;
  unsigned shards_;
  Points former_;
  Points saved_;
  base::Timestamp saved_at_{};
};

}  // namespace guildhall::discord
