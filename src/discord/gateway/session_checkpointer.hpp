#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "discord/gateway/options.hpp"
#include "discord/gateway/session_store.hpp"

namespace guildhall::discord {

/// Decides what to save of the shards' sessions while they run, so that they can be resumed after a crash. A saved
/// session is a few seconds old on purpose: events that arrived just before a crash may not have been handled and must
/// be received again.
class SessionCheckpointer {
 public:
  /// How often to call `due`.
  static constexpr std::chrono::seconds interval{3};
  /// Unchanged sessions are saved again after this time, because their age decides whether they can be resumed.
  static constexpr std::chrono::seconds renewal{60};
  /// Discord keeps a session for some minutes after its connection has ended.
  static constexpr std::chrono::minutes max_age{10};

  SessionCheckpointer(Intents intents, unsigned shards) : intents_(intents), shards_(shards), previous_(shards) {}

  /// What to save now: each session as it was at the previous call, a new one as it was at its READY. Nothing if the
  /// same is saved already.
  [[nodiscard]] std::optional<std::vector<SavedSession>> due(const ResumePoints& points, base::Timestamp now);
  /// What to save at the end, when all events have been handled.
  [[nodiscard]] std::vector<SavedSession> all(const ResumePoints& points, base::Timestamp now) const;

  /// Where a shard can resume a session that an earlier run of the program saved. Call before `due`.
  [[nodiscard]] std::optional<ResumePoint> resume(const std::vector<SavedSession>& saved, unsigned shard,
                                                  base::Timestamp now);

 private:
  Intents intents_;
  unsigned shards_;
  ResumePoints previous_;
  ResumePoints saved_;
  base::Timestamp saved_at_{};
};

}  // namespace guildhall::discord
