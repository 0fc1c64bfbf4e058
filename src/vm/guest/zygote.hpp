#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "vm/guest/engine.hpp"
#include "vm/guest/syscall_filter.hpp"
#include "vm/protocol.hpp"

namespace guildhall::vm::guest {

/// Forks a process for each run that the parent asks for on the control channel, and reports how each ended
/// (vm/protocol.hpp). Single-threaded.
class Zygote {
 public:
  /// What all runs share.
  struct Setting {
    Engine& engine;
    std::size_t address_space = 0;          ///< Bytes that the process has before a run.
    const SyscallFilter* filter = nullptr;  ///< For runs. Null if the kernel has no seccomp.
  };

  /// Opens the descriptors that it needs, so it must be created before the system call filter is installed.
  explicit Zygote(Setting setting);

  /// Runs an empty script under all that confines a run. False if that fails.
  [[nodiscard]] bool self_test();

  /// Sends `ready` with `missing` (bits of protocol::Missing), then serves until the parent closes the channel.
  void serve(std::uint64_t missing);

 private:
  struct Child {
    std::uint64_t run;
    int process;
    double started;  ///< Seconds.
  };

  [[noreturn]] void run_script(int socket, const protocol::Record& limits) const;
  /// `wait`: as in Engine::State.
  [[nodiscard]] std::string idle_frame(int wait) const;
  [[nodiscard]] bool on_record();
  void start_run(const protocol::Record& record, int socket);
  void kill_run(std::uint64_t run) const;
  void reap();

  const Setting setting_;
  int child_signals_;  ///< Readable when a child has ended (signalfd(2)).
  int test_parent_ = -1;
  int test_child_ = -1;
  std::size_t empty_run_memory_ = 0;            ///< Peak memory of an empty run in bytes.
  std::chrono::microseconds empty_run_cpu_{0};  ///< Its processor time.
  std::vector<Child> children_;
};

}  // namespace guildhall::vm::guest
