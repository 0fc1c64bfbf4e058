#pragma once

#include <linux/filter.h>

#include <utility>
#include <vector>

namespace guildhall::vm::guest {

/// What a process may ask the kernel for; whatever else it asks for ends it (SECCOMP_RET_KILL_PROCESS).
class SyscallFilter {
 public:
  /// For the process that makes runs: also fork, and what a run does before it is confined.
  [[nodiscard]] static SyscallFilter for_zygote();
  /// For a run: memory without the right to execute, the run's socket, clocks, signals of its own, the end.
  [[nodiscard]] static SyscallFilter for_run();

  /// Whether the kernel can do it.
  [[nodiscard]] static bool available();

  /// Confines the whole process, for good. False where the kernel refuses.
  [[nodiscard]] bool install() const;

 private:
  explicit SyscallFilter(std::vector<sock_filter> program) : program_(std::move(program)) {}

  std::vector<sock_filter> program_;
};

}  // namespace guildhall::vm::guest
