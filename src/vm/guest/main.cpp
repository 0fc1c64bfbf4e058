#include <fcntl.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string_view>

#include "vm/guest/confinement.hpp"
#include "vm/guest/engine.hpp"
#include "vm/guest/syscall_filter.hpp"
#include "vm/guest/zygote.hpp"

// guildhall-vm runs guild owners' scripts. guildhall starts it with the control channel as descriptor 3.
namespace guildhall::vm::guest {
namespace {

/// Executes the program again with the engine's options, which the engine reads from the environment before main.
void ensure_environment(char** arguments) {
  if (std::getenv("Malloc") != nullptr) return;
  execve("/proc/self/exe", arguments, Engine::environment());
  throw std::runtime_error("/proc/self/exe cannot be executed.");
}

std::size_t address_space() {
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

/// If a part of the sandbox is missing, the parent decides whether scripts run.
[[noreturn]] void serve() {
  close_descriptors(STDERR_FILENO + 1, protocol::control_descriptor);
  // A malloc arena for the engine's second thread would use as much address space as a run may have.
  mallopt(M_ARENA_MAX, 1);
  prctl(PR_SET_NAME, "guildhall-vm");
  auto missing = enter_namespaces();
  tzset();
  Engine engine;
  leave_threads();
  const auto zygote_filter = SyscallFilter::for_zygote();
  const auto run_filter = SyscallFilter::for_run();
  const bool filtered = SyscallFilter::available();
  Zygote zygote({engine, address_space(), filtered ? &run_filter : nullptr});
  // Without namespaces the file system would be unmounted for the whole machine.
  missing |= missing == 0 ? leave_file_system() : protocol::missing_empty_root;
  drop_privileges();
  end_with_parent();  // The setting was lost when the user changed.
  clearenv();
  // Without it the C library would open a file.
  setenv("TZ", "UTC", 1);
  if (!filtered || !zygote_filter.install()) missing |= protocol::missing_seccomp;
  if (!zygote.self_test()) throw std::runtime_error("The self test failed: no script can run in the sandbox.");
  zygote.serve(missing);
  // Skips destructors: the kernel frees everything.
  _exit(EXIT_SUCCESS);
}

}  // namespace
}  // namespace guildhall::vm::guest

int main(int, char** arguments) {
  using namespace guildhall::vm;
  if (fcntl(protocol::control_descriptor, F_GETFD) < 0) {
    std::fputs("guildhall-vm is started by guildhall. Do not run it yourself.\n", stderr);
    return EXIT_FAILURE;
  }
  try {
    guest::ensure_environment(arguments);
    guest::serve();
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "guildhall-vm: %s\n", exception.what());
    return EXIT_FAILURE;
  }
}
