#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "discord/model/gateway.hpp"

namespace guildhall::discord {

/// Which shard may IDENTIFY next: those with the same remainder by `max_concurrency` one after the other, five seconds
/// apart (Discord: Gateway, Max Concurrency). No I/O.
class IdentifyQueue {
 public:
  using Time = std::chrono::steady_clock::time_point;

  static constexpr Time never = Time::max();
  /// Discord measures five seconds on arrival; a little more allows for different latencies.
  static constexpr std::chrono::milliseconds spacing{5'200};

  explicit IdentifyQueue(unsigned max_concurrency) : max_concurrency_(max_concurrency) {}

  void enqueue(unsigned shard);
  /// The shard waits no longer, or has finished; `identified`: it has sent IDENTIFY.
  void release(unsigned shard, bool identified, Time now);

  /// The next shard that may start now. Its bucket is blocked until it is released.
  [[nodiscard]] std::optional<unsigned> take(Time now);
  /// When `take` returns a shard, as far as that is known; `never` while no waiting shard's bucket is free.
  [[nodiscard]] Time next() const;
  /// Shards that were taken and not released.
  [[nodiscard]] unsigned taken() const;

 private:
  struct Bucket {
    std::deque<unsigned> waiting;
    std::optional<unsigned> taken;
    Time free_at = Time::min();
  };

  unsigned max_concurrency_;
  std::map<unsigned, Bucket> buckets_;
};

/// Limits session starts, so that no repeated failure, not even a program that crashes and is restarted, comes near the
/// number at which Discord resets the bot's token (1,000 in 24 hours; Discord: Gateway, Identifying). It includes the
/// starts of earlier runs of the program. No I/O.
class IdentifyBudget {
 public:
  using Time = base::Timestamp;

  static constexpr std::chrono::hours day{24};
  /// Starts per shard within an hour that are not delayed.
  static constexpr std::size_t free_starts = 10;
  static constexpr std::chrono::seconds first_pause{5};  ///< After those; doubled with each start.
  static constexpr std::chrono::minutes max_pause{10};

  /// `earlier`: the session starts within the last day, oldest first.
  explicit IdentifyBudget(std::vector<Time> earlier) : starts_(std::move(earlier)) {}

  /// What is left according to Discord.
  void set_limit(const SessionStartLimit& limit, Time now);
  void record_start(Time now);

  struct Decision {
    Time allowed_at;     ///< Not after now: at once.
    std::string reason;  ///< Why not at once, as a sentence.
  };
  /// When the next session may start. `pending`: permitted starts that are not recorded yet.
  [[nodiscard]] Decision next(Time now, unsigned shards, unsigned pending) const;

  [[nodiscard]] std::size_t starts_last_day(Time now) const { return starts_since(now - day); }

 private:
  [[nodiscard]] std::size_t starts_since(Time time) const;

  std::vector<Time> starts_;
  SessionStartLimit limit_{1000, 1000, std::chrono::milliseconds(0), 1};
  Time resets_at_{};
};

}  // namespace guildhall::discord
