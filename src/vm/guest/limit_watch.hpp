#pragma once

#include <chrono>
#include <cstddef>

namespace guildhall::vm::guest {

/// How the process ends where a limit is passed at a moment at which nothing can be sent, or where the engine gives up:
/// with the exit status that says why (vm/protocol.hpp).
///
/// Looks at the limits as processor time passes, so that also what the engine does without asking anybody ends: a
/// regular expression, an endless chain of microtasks, memory that was set aside before its limit was set. `memory` is
/// in bytes, of the most that the process has had at once. A process that takes much of its time is put behind all
/// others on the machine, so that scripts that loop keep nobody waiting.
void watch_limits(std::chrono::milliseconds cpu, std::size_t memory);

}  // namespace guildhall::vm::guest
