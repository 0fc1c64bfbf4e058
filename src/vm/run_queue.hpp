#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/id.hpp"
#include "vm/script.hpp"

namespace guildhall::vm {

/// Decides which run may use the processor next. A run waits in the queue, runs in one of few places, and is idle while
/// it waits for a timer or for Discord: it then has a process but no place, and waits for one when it has something to
/// do. The guild comes first that has used the least processor time lately. One that has used more than a part of its
/// share is heavy: such guilds have half of the places together and never take one from the others; neither does a run
/// that has had its place for long. Where there is no room left, the guild that holds most of it gives way. Does no
/// I/O.
class RunQueue {
 public:
  using Time = std::chrono::steady_clock::time_point;

  static constexpr Time never = Time::max();

  /// `max_cpu`: the processor time that a run may use.
  explicit RunQueue(QueueLimits limits, std::chrono::microseconds max_cpu = ScriptLimits{}.cpu)
      : limits_(limits), max_cpu_(max_cpu) {}

  /// Queues a run; its number must be greater than those before. False if it would have to wait and finds no room.
  [[nodiscard]] bool enter(std::uint64_t number, base::GuildId guild, Time now);

  /// The next run that may start or go on. It has a place until it is idle or leaves.
  [[nodiscard]] std::optional<std::uint64_t> take(Time now);

  // `cpu` is the processor time that a run has used since it began. While it is unknown, the run counts as if it had
  // used all the time that it has had a place, up to its limit.

  /// A run that has a place waits for something. `memory`: bytes that it keeps meanwhile.
  void idle(std::uint64_t number, std::size_t memory, Time now, std::optional<std::chrono::microseconds> cpu = {});
  /// An idle run has something to do. `take` will return it.
  void wake(std::uint64_t number);

  /// Removes and returns a run that has to end, because it has been queued longer than QueueLimits::max_wait or has to
  /// make room.
  [[nodiscard]] std::optional<std::uint64_t> take_refused(Time now);
  /// When `take` or `take_refused` may return a run although nothing else has happened.
  [[nodiscard]] Time next_change(Time now) const;

  /// A run has ended, or waits no longer.
  void leave(std::uint64_t number, Time now, std::optional<std::chrono::microseconds> cpu = {});

  /// Whether the run's guild is heavy.
  [[nodiscard]] bool is_heavy(std::uint64_t number, Time now) const;

  [[nodiscard]] std::size_t waiting() const { return queued_.size(); }
  [[nodiscard]] std::size_t running() const { return running_.size(); }
  /// Guilds that it knows of.
  [[nodiscard]] std::size_t guilds() const { return guilds_.size(); }
  [[nodiscard]] std::size_t idle() const { return runs_.size() - queued_.size() - running_.size(); }

 private:
  enum class State : std::uint8_t { queued, running, idle, woken };

  struct Run {
    base::GuildId guild;
    State state = State::queued;
    Time since{};                      ///< When it got its place.
    std::chrono::microseconds cpu{0};  ///< That its guild has been charged for it.
    std::size_t memory = 0;            ///< While it is idle or woken.
  };
  struct Guild {
    std::list<std::uint64_t> queued;
    std::list<std::uint64_t> woken;
    std::vector<std::uint64_t> running;
    std::size_t idle = 0;    ///< Idle and woken runs.
    std::size_t memory = 0;  ///< Theirs.
    double used = 0;         ///< Seconds of processor time until `used_at`; older ones count for less.
    Time used_at{};

    /// What is left of `used` at `now`.
    [[nodiscard]] double remembered(Time now) const;
    [[nodiscard]] bool waits() const { return !queued.empty() || !woken.empty(); }
    [[nodiscard]] bool is_absent() const { return !waits() && running.empty() && idle == 0; }
  };
  using Guilds = std::unordered_map<base::GuildId, Guild>;

  /// Whether the guild has a run that may get a place now.
  [[nodiscard]] bool may_take(const Guild& guild) const;
  [[nodiscard]] double used(const Guild& guild, Time now) const;
  /// The use, as `used` returns it, from which a guild is heavy now.
  [[nodiscard]] double heavy_use() const;
  [[nodiscard]] bool is_heavy(const Guild& guild, Time now) const { return used(guild, now) >= heavy_use(); }
  /// Whether the run has had its place for longer than it may use the processor, because the machine is busy.
  [[nodiscard]] bool holds_place_too_long(const Run& run, Time now) const { return now - run.since > max_cpu_; }
  /// The processor time that a run which has a place may have used since it was last charged.
  [[nodiscard]] std::chrono::microseconds uncharged(const Run& run, Time now) const;
  void charge(Run& run, std::chrono::microseconds cpu, Time now);
  /// Ends a run's turn in its place.
  void give_up_place(std::uint64_t number, Run& run, Time now, std::optional<std::chrono::microseconds> cpu);
  void enqueue_guild(base::GuildId id, const Guild& guild);
  /// The guild is no longer in `turns_` if it waits for nothing.
  void dequeue_guild(base::GuildId id, const Guild& guild);
  /// Makes room for a run of `guild` in the queue, if it holds less of it than another.
  [[nodiscard]] bool make_room(base::GuildId guild, Time now);
  void limit_idle(Time now);
  /// Ends the run that has a place and whose guild has used most; there are some.
  void refuse_heaviest(Time now);
  void refuse(std::uint64_t number, Time now);
  void forget_guilds(Time now);

  const QueueLimits limits_;
  const std::chrono::microseconds max_cpu_;
  Guilds guilds_;                         ///< Those that have runs or had some lately.
  std::size_t forget_at_ = 64;            ///< The number of `guilds_` at which old ones are forgotten.
  std::list<base::GuildId> turns_;        ///< Guilds with runs that wait for a place; the first is next.
  std::map<std::uint64_t, Run> runs_;     ///< In order of arrival.
  std::map<std::uint64_t, Time> queued_;  ///< Until when they wait; in order of arrival.
  std::vector<std::uint64_t> running_;    ///< Those that have a place.
  std::vector<std::uint64_t> refused_;    ///< Removed to make room.
  std::size_t idle_memory_ = 0;
  std::size_t present_ = 0;  ///< Guilds that have runs.
};

}  // namespace guildhall::vm
