#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "discord/model/gateway_bot.hpp"

namespace guildhall::discord {

/// When a session may be started, so that nothing that goes wrong again and again, not even a program that crashes and
/// is restarted, comes near the number at which Discord resets the bot's token (1,000 in 24 hours; Discord: Gateway,
/// Identifying). It knows the starts of former runs of the program.
class IdentifyBudget {
 public:
  using Time = base::Timestamp;

  static constexpr std::chrono::hours day{24};
  /// Starts of each shard within an hour before it becomes slower.
  static constexpr std::size_t free_starts = 10;
  static constexpr std::chrono::seconds first_pause{5};  ///< Then; doubled with each start.
  static constexpr std::chrono::minutes longest_pause{10};

  /// `earlier`: when sessions were started within the last day, oldest first.
  explicit IdentifyBudget(std::vector<Time> earlier) : starts_(std::move(earlier)) {}

  /// What Discord says that is left.
  void set_limit(const SessionStartLimit& limit, Time now);
  /// A session is started.
  void add(Time now);

  struct Verdict {
    Time allowed_at;     ///< Not after now: at once.
    std::string reason;  ///< Why not at once, as a sentence.
  };
  /// `pending`: starts that were allowed and not yet added.
  [[nodiscard]] Verdict next(Time now, unsigned shards, unsigned pending) const;

  /// Starts within the last day.
  [[nodiscard]] std::size_t last_day(Time now) const;

 private:
  [[nodiscard]] std::size_t since(Time time) const;

  std::vector<Time> starts_;
  SessionStartLimit limit_{1000, 1000, std::chrono::milliseconds(0), 1};
  Time resets_at_{};
};

}  // namespace guildhall::discord
