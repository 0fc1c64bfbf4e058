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
#include "vm/limits.hpp"
#include "vm/outcome.hpp"
#include "vm/script_run.hpp"

namespace guildhall::vm {

/// How long what is no script's doing may take.
struct HostTimes {
  std::chrono::milliseconds ready{10'000};  ///< guildhall-vm, from its start until it is ready.
  std::chrono::milliseconds grace{1000};    ///< A run, from the last that it says until its process is gone.
  std::chrono::milliseconds answer{2000};   ///< guildhall-vm, to say that a run is gone that is to be killed.
  std::chrono::milliseconds farewell{300};  ///< guildhall-vm, to end when it is told to. Then it is killed.
};

struct ScriptHostOptions {
  std::filesystem::path program;  ///< guildhall-vm
  Limits limits{};
  unsigned at_once = 4;                      ///< Runs at the same time, at least 1,
  unsigned per_guild = 2;                    ///< and of one guild, at least 1.
  std::size_t waiting = 200;                 ///< Runs that wait in all,
  std::size_t waiting_per_guild = 20;        ///< and of one guild. More are Ending::busy.
  std::chrono::milliseconds patience{2000};  ///< The longest that one waits; then it is Ending::busy.
  bool unsafe = false;                       ///< Runs scripts also where the machine lacks a part of the sandbox.
  HostTimes times{};
};

/// For /metrics.
struct ScriptStats {
  std::uint64_t started = 0;             ///< Runs.
  std::vector<std::uint64_t> endings{};  ///< By Ending.
  std::uint64_t running = 0;
  std::uint64_t waiting = 0;
  std::uint64_t hosts_started = 0;  ///< guildhall-vm processes.
};

class HostCore;

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
  std::shared_ptr<HostCore> core_;
};

}  // namespace guildhall::vm
