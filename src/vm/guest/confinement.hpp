#pragma once

#include <cstdint>

namespace guildhall::vm::guest {

// What the process gives up before scripts run. Call in this order, because each step needs what the next one gives up.
// Functions return bits of protocol::Missing for what the kernel refused.

/// Continues as the first process of new namespaces: mount, process id, network, IPC, host name, cgroup and, unless it
/// is privileged, user. The calling process waits for the new one and exits with its status.
[[nodiscard]] std::uint64_t enter_namespaces();

/// The kernel kills this process when its parent ends. A change of the user resets this.
void end_with_parent();

/// Continues in a fork, which has only the calling thread: others, which the engine's libraries may have started, would
/// be ended by the filter with the whole process. The calling process waits for the new one and exits with its status.
void leave_threads();

/// Replaces the file system by an empty read-only one. Needs the namespaces.
[[nodiscard]] std::uint64_t leave_file_system();

/// Changes to the user and group `nobody`, without capabilities.
void drop_privileges();

/// Closes all descriptors from `first` on except `kept`.
void close_descriptors(int first, int kept);

}  // namespace guildhall::vm::guest
