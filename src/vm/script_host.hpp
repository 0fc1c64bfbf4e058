#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "vm/script.hpp"

namespace guildhall::vm {

/// Timeouts for the host's own steps, not the script's.
struct HostTimeouts {
  std::chrono::milliseconds start{10'000};  ///< From the start of guildhall-vm until it is ready.
  std::chrono::milliseconds exit{1000};     ///< From the last message of a run until its process has ended.
  std::chrono::milliseconds reap{2000};     ///< From killing a run until guildhall-vm reports its end.
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
  std::vector<std::uint64_t> endings{};  ///< By Ending.
  std::uint64_t running = 0;
  std::uint64_t waiting = 0;
  std::uint64_t hosts_started = 0;  ///< guildhall-vm processes.
};

class ScriptHostImpl;

/// Runs guild owners' scripts, each in a process of its own that has nothing, made by one guildhall-vm that is started
/// and replaced as needed. Trusts nothing that comes out of it. For one event loop, but for what says otherwise.
class ScriptHost {
 public:
  /// `home` is where members are called.
  ScriptHost(net::Executor home, ScriptHostOptions options, base::Log log);
  ~ScriptHost();
  ScriptHost(const ScriptHost&) = delete;
  ScriptHost& operator=(const ScriptHost&) = delete;

  /// Starts guildhall-vm, and says why scripts are off where they are: what the machine lacks, or that the program is
  /// not to be started. Then runs are Ending::unavailable. Waits at most some seconds.
  [[nodiscard]] net::Task<base::Result<void>> start();

  /// Ends all runs (Ending::stopped) and guildhall-vm, and waits until it is gone, at most a second.
  [[nodiscard]] net::Task<> stop();

  /// Runs a script to its end. `world` is kept until nothing of the run needs it any more.
  [[nodiscard]] net::Task<Outcome> run(ScriptRun run, std::shared_ptr<HostCalls> world);

  /// Whether `script` parses: Ending::completed or Ending::syntax with the place, or why that is not known.
  [[nodiscard]] net::Task<Outcome> check(base::GuildId guild, std::string script);

  /// Empty while scripts run; else a sentence that says why they do not. Any thread.
  [[nodiscard]] std::string reason_off() const;

  /// Any thread.
  [[nodiscard]] ScriptStats stats() const;

 private:
  std::shared_ptr<ScriptHostImpl> core_;
};

}  // namespace guildhall::vm
