#include "vm/guest/limit_watch.hpp"

#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <array>

#include "vm/protocol.hpp"

namespace guildhall::vm::guest {
namespace {

/// How often the limits are looked at, in processor time.
constexpr std::chrono::milliseconds period{5};
/// What an honest script needs. One that needs more gives way to those that have not had as much.
constexpr std::chrono::milliseconds share{10};
/// A ninth of the usual weight: enough to come to its limit on a busy machine, too little to keep anybody waiting.
constexpr int low_priority = 10;
/// The engine's own limit, which can tell where the script was, comes first.
constexpr std::chrono::milliseconds grace{20};
/// An allocation of this size fails only where memory is at its end.
constexpr std::size_t probe = 4U << 20;

// Written before the handlers are there, and read by them.
std::chrono::nanoseconds cpu_limit{0};
std::size_t memory_limit = 0;
alignas(16) std::array<char, 64U << 10> handler_stack;

bool too_much_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024 > memory_limit;
}

void look_at_limits(int) {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  const auto time = std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
  if (time > cpu_limit) _exit(protocol::exit_cpu);
  if (time > share) setpriority(PRIO_PROCESS, 0, low_priority);
  if (too_much_memory()) _exit(protocol::exit_memory);
}

/// The engine ends the process where it cannot do without memory.
void on_crash(int number) {
  void* room = mmap(nullptr, probe, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED || too_much_memory()) _exit(protocol::exit_memory);
  // Back to the instruction that could not be executed, which now ends the process.
  signal(number, SIG_DFL);
}

void handle(int number, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_ONSTACK | SA_RESTART;
  sigaction(number, &action, nullptr);
}

}  // namespace

void watch_limits(std::chrono::milliseconds cpu, std::size_t memory) {
  cpu_limit = cpu + grace;
  memory_limit = memory;
  stack_t stack{};
  stack.ss_sp = handler_stack.data();
  stack.ss_size = handler_stack.size();
  sigaltstack(&stack, nullptr);
  for (const int number : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP}) handle(number, &on_crash);
  handle(SIGPROF, &look_at_limits);
  const auto interval = std::chrono::microseconds(period).count();
  itimerval timer{};
  timer.it_interval.tv_usec = interval;
  timer.it_value.tv_usec = interval;
  setitimer(ITIMER_PROF, &timer, nullptr);
}

}  // namespace guildhall::vm::guest
