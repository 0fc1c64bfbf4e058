#pragma once

#include <sys/resource.h>
#include <time.h>

#include <chrono>
#include <cstddef>

// What this process has used. Safe in signal handlers.
namespace guildhall::vm::guest {

inline std::chrono::nanoseconds cpu_time() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

inline std::chrono::microseconds cpu_time(const rusage& usage) {
  return std::chrono::seconds(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         std::chrono::microseconds(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

/// Bytes.
inline std::size_t peak_memory(const rusage& usage) { return static_cast<std::size_t>(usage.ru_maxrss) * 1024; }

/// Bytes.
inline std::size_t peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return peak_memory(usage);
}

}  // namespace guildhall::vm::guest
