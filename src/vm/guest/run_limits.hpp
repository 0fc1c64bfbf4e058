#pragma once

#include <chrono>
#include <cstddef>

#include "vm/protocol.hpp"

// What ends a run that the engine's own time limit does not end.
namespace guildhall::vm::guest {

/// What `watch_limits` checks.
struct WatchedLimits {
  std::chrono::nanoseconds cpu;              ///< Processor time.
  std::chrono::nanoseconds normal_priority;  ///< Processor time after which a run gets a low priority.
  std::size_t memory;                        ///< Bytes beyond what the process has used so far.
};

/// Checks the limits every few milliseconds of processor time, from a signal handler. So a run also ends while the
/// engine does not check its own limit: in a regular expression, in an endless chain of microtasks, or with memory that
/// was reserved earlier. The process then ends with the exit status that names the limit (vm/protocol.hpp); so it does
/// if the engine crashes for lack of memory.
void watch_limits(const WatchedLimits& limits);

/// Lets every process of normal priority go first. Safe in signal handlers.
void lower_priority();

/// The kernel's limits, which hold even if the engine is compromised. `address_space`: bytes before the run.
void set_kernel_limits(const protocol::Record& limits, std::size_t address_space);

}  // namespace guildhall::vm::guest
