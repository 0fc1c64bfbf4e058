#include "vm/guest/run_limits.hpp"

#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>

#include "vm/guest/usage.hpp"

namespace guildhall::vm::guest {
namespace {

/// How often the limits are checked, in processor time.
constexpr std::chrono::milliseconds check_interval{5};
/// A ninth of the usual weight: enough to reach the limit on a busy machine.
constexpr int low_priority = 10;
/// The engine's own limit comes first, because it can report the position in the script.
constexpr std::chrono::milliseconds cpu_grace{20};
/// The parent ends a run at its wall limit. If it does not, the run ends itself this much later.
constexpr std::chrono::seconds wall_grace{2};
/// An allocation of this size fails only when memory is exhausted.
constexpr std::size_t probe_size = 4U << 20;
/// Address space of the engine's watchdog thread.
constexpr rlim_t watchdog_size = 9U << 20;
/// Pages of the engine's code and data that a run touches first. They count as the run's memory, but are the engine's.
constexpr std::size_t engine_pages = 16U << 20;

// Written before the handlers are installed, and read by them.
std::chrono::nanoseconds cpu_limit{0};
std::chrono::nanoseconds normal_priority_time{0};
std::size_t memory_limit = 0;
alignas(16) std::array<char, 64U << 10> handler_stack;

void check_limits(int) {
  const auto time = cpu_time();
  if (time > cpu_limit) _exit(protocol::exit_cpu);
  if (time > normal_priority_time) lower_priority();
  if (peak_memory() > memory_limit) _exit(protocol::exit_memory);
}

/// The engine crashes on purpose when it cannot allocate.
void on_crash(int number) {
  void* probe = mmap(nullptr, probe_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (probe == MAP_FAILED || peak_memory() > memory_limit) _exit(protocol::exit_memory);
  // Returns to the faulting instruction, which now ends the process.
  signal(number, SIG_DFL);
}

void handle(int number, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_ONSTACK | SA_RESTART;
  sigaction(number, &action, nullptr);
}

void limit(__rlimit_resource resource, rlim_t max) {
  const rlimit value{max, max};
  setrlimit(resource, &value);
}

}  // namespace

void lower_priority() { setpriority(PRIO_PROCESS, 0, low_priority); }

void watch_limits(const WatchedLimits& limits) {
  cpu_limit = limits.cpu + cpu_grace;
  normal_priority_time = limits.normal_priority;
  memory_limit = peak_memory() + engine_pages + limits.memory;
  stack_t stack{};
  stack.ss_sp = handler_stack.data();
  stack.ss_size = handler_stack.size();
  sigaltstack(&stack, nullptr);
  for (const int number : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP}) handle(number, &on_crash);
  handle(SIGPROF, &check_limits);
  const timeval interval{0, std::chrono::microseconds(check_interval).count()};
  const itimerval timer{interval, interval};
  setitimer(ITIMER_PROF, &timer, nullptr);
}

void set_kernel_limits(const protocol::Record& limits, std::size_t address_space) {
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NPROC, 0);
  limit(RLIMIT_NOFILE, 8);  // poll needs as many as it is asked to watch
  limit(RLIMIT_MEMLOCK, 0);
  limit(RLIMIT_MSGQUEUE, 0);
  // Whole seconds, so later than the exact limit.
  limit(RLIMIT_CPU, limits.cpu / 1'000'000 + 2);
  limit(RLIMIT_AS, address_space + watchdog_size + limits.memory);
  itimerval wall{};
  wall.it_value.tv_sec = static_cast<time_t>(limits.wall / 1'000'000) + wall_grace.count();
  setitimer(ITIMER_REAL, &wall, nullptr);
}

}  // namespace guildhall::vm::guest
