#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "vm/script.hpp"

namespace guildhall::vm {

/// Timeouts for the host's own steps, not the script's.
struct HostTimeouts {
  std::chrono::milliseconds start{10'000};  ///< From the start of guildhall-vm until it is ready.
  std::chrono::milliseconds exit{1000};     ///< From the last message of a run until its process has ended.
  /// From killing a run until guildhall-vm reports its end. On a busy machine a process of low priority takes long to
  /// die.
  std::chrono::milliseconds reap{10'000};
  std::chrono::milliseconds shutdown{300};  ///< For guildhall-vm to end when told to. Then it is killed.
};

struct ScriptHostOptions {
  std::filesystem::path program;  ///< guildhall-vm
  ScriptLimits limits{};
  QueueLimits queue{};
  bool unsafe = false;  ///< Run scripts even if the machine lacks a part of the sandbox.
  HostTimeouts timeouts{};
};

/// For /metrics.
struct ScriptStats {
  std::uint64_t started = 0;             ///< Runs.
  std::vector<std::uint64_t> endings{};  ///< Runs that have ended, by Ending.
  std::uint64_t running = 0;             ///< Those that use the processor.
  std::uint64_t idle = 0;                ///< Those that wait for a timer or for Discord.
  std::uint64_t waiting = 0;
  std::uint64_t hosts_started = 0;  ///< guildhall-vm processes.
};

class ScriptHostImpl;

/// Runs guild owners' scripts. guildhall-vm forks a confined process for each run and is restarted when it ends. All
/// that it sends is untrusted. For one event loop, unless stated otherwise.
class ScriptHost {
 public:
  /// Members are called on `home`.
  ScriptHost(net::Executor home, ScriptHostOptions options, base::Log log);
  ~ScriptHost();
  ScriptHost(const ScriptHost&) = delete;
  ScriptHost& operator=(const ScriptHost&) = delete;

  /// What runs are told of their guilds; nothing until it is called. Before `start`. `describe` is called on `home`.
  void describe_guilds_with(DescribeGuild describe);

  /// Starts guildhall-vm and waits until it is ready, at most HostTimeouts::start. The error says why scripts are off:
  /// the machine lacks a part of the sandbox, or the program cannot be started. Runs are then Ending::unavailable.
  [[nodiscard]] net::Task<base::Result<void>> start();

  /// Ends all runs (Ending::stopped) and guildhall-vm, and waits for that, at most about a second.
  [[nodiscard]] net::Task<> stop();

  /// Runs a script to its end. Cancelling the task ends the run. `calls` is kept until its last call has returned.
  [[nodiscard]] net::Task<Outcome> run(ScriptRun run, std::shared_ptr<HostCalls> calls);

  /// Whether `script` parses: Ending::completed, or Ending::syntax with the position, or another ending if it was not
  /// checked.
  [[nodiscard]] net::Task<Outcome> check(base::GuildId guild, std::string script);

  /// A sentence for the operator that says why scripts are off; empty while they run. Any thread.
  [[nodiscard]] std::string reason_off() const;

  /// Any thread.
  [[nodiscard]] ScriptStats stats() const;

 private:
  std::shared_ptr<ScriptHostImpl> impl_;
};

}  // namespace guildhall::vm
