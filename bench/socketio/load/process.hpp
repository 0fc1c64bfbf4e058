#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>

namespace guildhall::bench {

/// Processor time that all threads of a process have used so far.
[[nodiscard]] std::chrono::duration<double> processor_time(pid_t process);

/// Resident memory of a process in bytes.
[[nodiscard]] std::size_t resident_bytes(pid_t process);

/// Memory of the kernel's own objects, such as sockets, in bytes. It includes those of all other processes.
[[nodiscard]] std::size_t kernel_bytes();

}  // namespace guildhall::bench
