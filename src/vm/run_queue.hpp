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

/// Whose run begins next: guilds take turns, so that many runs of one guild do not keep those of another waiting. Does
/// no I/O.
class RunQueue {
 public:
  using Time = std::chrono::steady_clock::time_point;

  static constexpr Time never = Time::max();

  explicit RunQueue(QueueLimits limits) : limits_(limits) {}

  /// A run waits for its turn; each has a greater number than those before it. False where it would have to, and too
  /// much waits already.
  [[nodiscard]] bool enter(std::uint64_t number, base::GuildId guild, Time now);

  /// The next one whose turn it is. It counts as running until it leaves.
  [[nodiscard]] std::optional<std::uint64_t> take();

  /// One that has waited too long. It has left.
  [[nodiscard]] std::optional<std::uint64_t> take_late(Time now);
  /// When `take_late` has one; `never` where nobody waits.
  [[nodiscard]] Time next_late() const;

  /// A run is over, or waits no longer.
  void leave(std::uint64_t number);

  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }
  [[nodiscard]] std::size_t running() const { return running_.size(); }

 private:
  struct Guild {
    std::deque<std::uint64_t> line;
    unsigned running = 0;
  };
  struct Waiting {
    base::GuildId guild;
    Time until;
  };

  void stop_waiting(std::uint64_t number, base::GuildId guild);
  void forget_if_idle(base::GuildId guild);

  QueueLimits limits_;
  std::unordered_map<base::GuildId, Guild> guilds_;  ///< Those that have runs.
  std::list<base::GuildId> turns_;                   ///< Those that wait, whose turn it is first.
  std::map<std::uint64_t, Waiting> waiting_;         ///< In the order in which they came.
  std::unordered_map<std::uint64_t, base::GuildId> running_;
};

}  // namespace guildhall::vm
