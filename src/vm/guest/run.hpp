#pragma once

#include <cstddef>

#include "vm/guest/engine.hpp"
#include "vm/guest/syscall_filter.hpp"
#include "vm/protocol.hpp"

namespace guildhall::vm::guest {

/// What runs have in common.
struct RunSetting {
  Engine& engine;
  std::size_t address_space = 0;          ///< Bytes that the process has before a run.
  const SyscallFilter* filter = nullptr;  ///< Null where the kernel has no seccomp.
};

/// One run, in a process of its own, from the parent's first frame on `socket` to the end of the process. `limits` as a
/// protocol::Op::run has them.
[[noreturn]] void run_script(const RunSetting& setting, int socket, const protocol::Record& limits);

}  // namespace guildhall::vm::guest
