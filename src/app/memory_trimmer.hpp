#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace guildhall::app {

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
