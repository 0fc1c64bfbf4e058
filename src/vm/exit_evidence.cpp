#include "vm/exit_evidence.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <csignal>

namespace guildhall::vm {
namespace {

/// More than this is an invention.
constexpr std::uint64_t most_cpu = 3'600'000'000;

Ending ending_of_signal(int signal, const ExitEvidence& evidence, const ScriptLimits& limits) {
  switch (signal) {
    case SIGSYS: return Ending::forbidden;
    case SIGXCPU:
    case SIGPROF:
    case SIGVTALRM: return Ending::cpu;
    case SIGALRM: return Ending::wall;
    case SIGKILL:
      if (evidence.killed) return Ending::protocol;  // It was to have ended by itself.
      // From the kernel: RLIMIT_CPU's hard limit, or no memory is left.
      return std::chrono::microseconds(std::min(evidence.record->cpu, most_cpu)) >= limits.cpu ? Ending::cpu
                                                                                               : Ending::memory;
    default: return Ending::crashed;
  }
}

Ending ending_of(const ExitEvidence& evidence, const ScriptLimits& limits) {
  const auto& [said, fault, killed, record] = evidence;
  if (record && WIFSIGNALED(record->status) && WTERMSIG(record->status) == SIGSYS) return Ending::forbidden;
  if (fault) return *fault;
  if (said && !said->ok()) return said->ending;
  if (!record) return said ? said->ending : Ending::unavailable;
  if (WIFSIGNALED(record->status)) return ending_of_signal(WTERMSIG(record->status), evidence, limits);
  if (!WIFEXITED(record->status)) return Ending::crashed;
  switch (WEXITSTATUS(record->status)) {
    case protocol::exit_said: return said ? Ending::completed : Ending::protocol;
    case protocol::exit_cpu: return Ending::cpu;
    case protocol::exit_memory: return Ending::memory;
    case protocol::exit_broken: return Ending::unavailable;
    default: return Ending::crashed;
  }
}

}  // namespace

Outcome classify_exit(const ExitEvidence& evidence, const ScriptLimits& limits) {
  const auto ending = ending_of(evidence, limits);
  Outcome outcome;
  if (evidence.said && evidence.said->ending == ending) outcome = *evidence.said;
  outcome.ending = ending;
  if (evidence.record) {
    outcome.cpu = std::chrono::microseconds(std::min(evidence.record->cpu, most_cpu));
    outcome.memory = evidence.record->memory;
  }
  return outcome;
}

}  // namespace guildhall::vm
