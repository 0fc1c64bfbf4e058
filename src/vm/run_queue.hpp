#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <optional>
#include <unordered_map>

#include "base/id.hpp"
#include "vm/script.hpp"

namespace guildhall::vm {

/// Decides which run starts next. Guilds take turns, so that a guild with many runs does not delay the others. Does no
/// I/O.
class RunQueue {
 public:
  using Time = std::chrono::steady_clock::time_point;

  static constexpr Time never = Time::max();

  explicit RunQueue(QueueLimits limits) : limits_(limits) {}

  /// Queues a run; its number must be greater than those before. False if it would have to wait and the queue is full.
  [[nodiscard]] bool enter(std::uint64_t number, base::GuildId guild, Time now);

  /// The next run that may start. It counts as running until it leaves.
  [[nodiscard]] std::optional<std::uint64_t> take();

  /// Removes and returns a run that has waited longer than QueueLimits::max_wait.
  [[nodiscard]] std::optional<std::uint64_t> take_late(Time now);
  /// When `take_late` will return one; `never` if no run waits.
  [[nodiscard]] Time next_late() const;

  /// A run has ended, or waits no longer.
  void leave(std::uint64_t number);

  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }
  [[nodiscard]] std::size_t running() const { return running_.size(); }

 private:
  struct Guild {
    std::deque<std::uint64_t> waiting;
    unsigned running = 0;
  };
  struct Waiting {
    base::GuildId guild;
    Time until;
  };

  void stop_waiting(std::uint64_t number, base::GuildId guild);
  void erase_if_idle(base::GuildId guild);

  QueueLimits limits_;
  std::unordered_map<base::GuildId, Guild> guilds_;  ///< Guilds that have runs.
  std::list<base::GuildId> turns_;                   ///< Guilds with waiting runs; the first is next.
  std::map<std::uint64_t, Waiting> waiting_;         ///< In order of arrival.
  std::unordered_map<std::uint64_t, base::GuildId> running_;
};

}  // namespace guildhall::vm
