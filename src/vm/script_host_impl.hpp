#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/id.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "net/async/event.hpp"
#include "net/async/gate.hpp"
#include "net/async/task_group.hpp"
#include "net/task.hpp"
#include "vm/run.hpp"
#include "vm/run_queue.hpp"
#include "vm/script_host.hpp"
#include "vm/zygote.hpp"

namespace guildhall::vm {

/// What other threads may read of the script host. Any thread.
class HostStatus {
 public:
  HostStatus() { stats_.endings.resize(ending_count); }

  [[nodiscard]] std::string reason_off() const {
    const std::lock_guard lock(mutex_);
    return reason_off_;
  }
  void set_reason_off(std::string reason) {
    const std::lock_guard lock(mutex_);
    reason_off_ = std::move(reason);
  }
  [[nodiscard]] ScriptStats stats() const {
    const std::lock_guard lock(mutex_);
    return stats_;
  }
  /// `change`: void(ScriptStats&)
  void update(auto change) {
    const std::lock_guard lock(mutex_);
    change(stats_);
  }

 private:
  mutable std::mutex mutex_;
  std::string reason_off_ = "Scripts are off because the script host has not been started.";
  ScriptStats stats_;
};

/// The script host: the queue of runs, the runs, and the guildhall-vm that forks them, which is restarted when it ends.
/// For one event loop.
class ScriptHostImpl final : public std::enable_shared_from_this<ScriptHostImpl> {
 public:
  ScriptHostImpl(net::Executor home, ScriptHostOptions options, base::Log log);

  // As in ScriptHost.
  [[nodiscard]] static net::Task<base::Result<void>> start(std::shared_ptr<ScriptHostImpl> self);
  [[nodiscard]] static net::Task<> stop(std::shared_ptr<ScriptHostImpl> self);
  /// `calls` is null for a check.
  [[nodiscard]] static net::Task<Outcome> run(std::shared_ptr<ScriptHostImpl> self, base::GuildId guild,
                                              std::string first_frame, std::shared_ptr<HostCalls> calls);
  [[nodiscard]] const ScriptLimits& limits() const { return options_.limits; }
  void describe_guilds_with(DescribeGuild describe) { describe_guild_ = std::move(describe); }
  [[nodiscard]] boost::json::object describe(base::GuildId guild) const {
    return describe_guild_ ? describe_guild_(guild) : boost::json::object();
  }
  [[nodiscard]] const HostStatus& status() const { return status_; }

  /// Ends all runs and guildhall-vm without waiting for them.
  void abandon();

  // For Run:
  /// Runs a task of a run. `stop` cancels it.
  void spawn(net::Task<> task) { tasks_.spawn(std::move(task)); }
  /// Has the run's process killed.
  void kill(const Run& run);
  /// The run has a place and waits for something.
  void on_idle(const Run& run, const GuestIdle& idle);
  /// The idle run has something to do.
  void wake(const Run& run);
  /// guildhall-vm has not reported the end of a run in time.
  void on_reap_timeout();
  /// The run's process has ended, but calls that it made may still be carried out.
  void on_exited(const Run& run);
  /// The run has its outcome.
  void on_over(const Run& run);

 private:
  using Clock = std::chrono::steady_clock;

  enum class State {
    off,       ///< Not started, or failed to start.
    starting,  ///< For the first time.
    ready,
    restarting,  ///< guildhall-vm has ended after it had been ready.
    stopped,
  };

  /// Starts guildhall-vm, and again whenever it ends.
  static net::Task<> supervise(std::shared_ptr<ScriptHostImpl> self);
  /// One guildhall-vm from its start to its end. Returns why scripts are off now.
  static net::Task<std::string> serve(std::shared_ptr<ScriptHostImpl> self);
  /// Returns why scripts stay off, if they do. `missing`: bits of protocol::Missing.
  [[nodiscard]] std::optional<std::string> on_ready(std::uint64_t missing, Clock::duration start_time);
  /// False if there is no such run.
  [[nodiscard]] bool on_ended(const protocol::Record& record);
  void on_off(const std::string& reason);

  /// Returns why a run cannot be queued, if it cannot.
  [[nodiscard]] std::optional<Ending> enqueue(std::uint64_t number, base::GuildId guild);
  /// The ending of a run that has waited too long or finds the queue full.
  [[nodiscard]] Ending queue_ending() const { return state_ == State::ready ? Ending::busy : Ending::unavailable; }
  /// Lets runs start and go on as far as there are places, and ends those for which there is no room.
  void start_runs();
  void start_run(Run& run);
  void end_refused();
  void watch_queue();
  /// Calls `end`, which may end the run, for each run.
  void end_runs(void (*end)(Run&));

  net::Executor home_;
  ScriptHostOptions options_;
  DescribeGuild describe_guild_;
  base::Log log_;
  HostStatus status_;
  RunQueue queue_;
  std::unordered_map<std::uint64_t, std::shared_ptr<Run>> runs_;  ///< Waiting and running.
  std::uint64_t last_number_ = 0;
  State state_ = State::off;
  std::shared_ptr<Zygote> zygote_;
  bool warned_ = false;
  boost::asio::steady_timer queue_timer_;  ///< For RunQueue::next_change.
  net::Event first_start_;                 ///< Set when the first start has succeeded or failed.
  net::Event stopped_;
  net::TaskGroup tasks_;  ///< Of runs.
  net::Gate gate_;        ///< Callers of `run`, `supervise`, and guildhall-vm processes.
};

}  // namespace guildhall::vm
