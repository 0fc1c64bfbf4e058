#pragma once

#include <cstdint>

namespace guildhall::vm::guest {

/// Takes away what the process that makes runs does not need. In this order, as each step needs what the next takes.
/// What the kernel does not allow is left, and told as bits of protocol::Missing.

/// Goes on as the first process of namespaces of its own: mounts, process ids, network, IPC, host name and, where it
/// takes one to be allowed that, users. The process that called waits, and ends as the new one does.
[[nodiscard]] std::uint64_t enter_namespaces();

/// When the process that made this one ends, this one does. Is forgotten when the user changes.
void end_with_parent();

/// An empty file system that cannot be written to. Needs the namespaces.
[[nodiscard]] std::uint64_t leave_file_system();

/// Nobody's user and group, and no capability.
void drop_privileges();

/// Closes all descriptors from `first` on but `kept`.
void close_descriptors(int first, int kept);

}  // namespace guildhall::vm::guest
