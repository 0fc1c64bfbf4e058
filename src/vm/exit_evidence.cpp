#include "vm/exit_evidence.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <csignal>

namespace guildhall::vm {
namespace {

/// Microseconds. A record with more is forged.
constexpr std::uint64_t max_cpu = 3'600'000'000;

Ending ending_of_signal(int signal, const ExitEvidence& evidence, const ScriptLimits& limits) {
  switch (signal) {
    case SIGSYS: return Ending::forbidden;
    case SIGXCPU:
    case SIGPROF:
    case SIGVTALRM: return Ending::cpu;
    case SIGALRM: return Ending::wall;
    case SIGKILL:
      if (evidence.killed) return Ending::protocol;  // It should have exited by itself.
      // By the kernel: RLIMIT_CPU's hard limit, or the machine is out of memory.
      return cpu_of(*evidence.record) >= limits.cpu ? Ending::cpu : Ending::memory;
    default: return Ending::crashed;
  }
}

Ending ending_of(const ExitEvidence& evidence, const ScriptLimits& limits) {
  const auto& [reported, imposed, killed, record] = evidence;
  if (record && WIFSIGNALED(record->status) && WTERMSIG(record->status) == SIGSYS) return Ending::forbidden;
  if (imposed) return *imposed;
  if (reported && !reported->ok()) return reported->ending;
  if (!record) return reported ? reported->ending : Ending::unavailable;
  if (WIFSIGNALED(record->status)) return ending_of_signal(WTERMSIG(record->status), evidence, limits);
  if (!WIFEXITED(record->status)) return Ending::crashed;
  switch (WEXITSTATUS(record->status)) {
    case protocol::exit_reported: return reported ? Ending::completed : Ending::protocol;
    case protocol::exit_cpu: return Ending::cpu;
    case protocol::exit_memory: return Ending::memory;
    case protocol::exit_broken: return Ending::unavailable;
    default: return Ending::crashed;
  }
}

}  // namespace

std::chrono::microseconds cpu_of(const protocol::Record& record) {
  return std::chrono::microseconds(std::min(record.cpu, max_cpu));
}

Outcome classify_exit(const ExitEvidence& evidence, const ScriptLimits& limits) {
  const auto ending = ending_of(evidence, limits);
  Outcome outcome;
  if (evidence.reported && evidence.reported->ending == ending) outcome = *evidence.reported;
  outcome.ending = ending;
  if (evidence.record) {
    outcome.cpu = cpu_of(*evidence.record);
    outcome.memory = evidence.record->memory;
  }
  return outcome;
}

}  // namespace guildhall::vm
