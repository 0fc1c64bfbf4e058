#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>

namespace guildhall::bench {

/// Processor time that a process has used so far, all its threads together.
[[nodiscard]] std::chrono::duration<double> processor_time(pid_t process);

/// Resident memory of a process in bytes.
[[nodiscard]] std::size_t resident_bytes(pid_t process);

/// What the kernel keeps for all its objects, sockets among them, in bytes. Whatever else runs has its part in it.
[[nodiscard]] std::size_t kernel_bytes();

}  // namespace guildhall::bench
