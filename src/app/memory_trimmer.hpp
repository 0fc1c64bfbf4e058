#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <stop_token>
#include <thread>

namespace guildhall::app {

/// Bytes of the process that are in memory; 0 if the system does not tell. Any thread.
[[nodiscard]] std::size_t resident_memory();

/// Returns freed memory to the system when the program is at rest. glibc keeps what a burst of connections has used: it
/// returns the top of a heap only, and something is nearly always left there. A thread of its own, because it takes
/// some milliseconds, in which threads that allocate from the same arena wait.
class MemoryTrimmer {
 public:
  MemoryTrimmer();

 private:
  void run(const std::stop_token& stop);

  std::mutex mutex_;
  std::condition_variable_any stopping_;
  std::jthread thread_;
};

}  // namespace guildhall::app
