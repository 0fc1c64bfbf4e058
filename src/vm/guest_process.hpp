#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>

#include "base/result.hpp"
#include "net/task.hpp"
#include "vm/descriptor.hpp"

// The process of guildhall-vm. It leads a process group of its own, so that a terminal's Ctrl-C does not reach it, and
// so that what it leaves behind can be ended with it.
namespace guildhall::vm {

/// Starts `program` with an empty environment and no descriptor but `control` (vm/protocol.hpp) and stderr. The error
/// says why it is not to be started, with its path.
[[nodiscard]] base::Result<pid_t> start_guest(const std::filesystem::path& program, bool unsafe,
                                              const Descriptor& control);

/// Waits until a process is gone that was told to end; after `grace` it is killed. Leaves no zombie, and nothing of its
/// group.
[[nodiscard]] net::Task<> reap(pid_t process, std::chrono::milliseconds grace);

/// The same at once, for where there is no event loop any more: blocks for the moment that the kernel needs to kill it.
void reap_now(pid_t process);

}  // namespace guildhall::vm
