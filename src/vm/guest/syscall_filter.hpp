#pragma once

#include <linux/filter.h>

#include <utility>
#include <vector>

namespace guildhall::vm::guest {

/// The system calls that a process may make. Any other kills it (SECCOMP_RET_KILL_PROCESS).
class SyscallFilter {
 public:
  /// For the process that forks runs: also fork, and what a run does before it installs its own filter.
  [[nodiscard]] static SyscallFilter for_zygote();
  /// For a run: memory that is not executable, its socket, clocks, its own signals, exit.
  [[nodiscard]] static SyscallFilter for_run();

  /// Whether the kernel has seccomp filters.
  [[nodiscard]] static bool available();

  /// Confines all threads of the process for good. False if the kernel refuses.
  [[nodiscard]] bool install() const;

 private:
  explicit SyscallFilter(std::vector<sock_filter> program) : program_(std::move(program)) {}

  std::vector<sock_filter> program_;
};

}  // namespace guildhall::vm::guest
