#include "vm/guest/syscall_filter.hpp"

#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <stdexcept>

namespace guildhall::vm::guest {
namespace {

/// What a run needs: memory, the engine's locks, reading and writing its socket, clocks, exit.
constexpr std::array run_calls{
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(munmap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(mremap),
    SCMP_SYS(futex),
    SCMP_SYS(sched_yield),
    SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getrusage),
    SCMP_SYS(rseq),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
};

/// What forking a run needs in addition.
constexpr std::array zygote_calls{
    SCMP_SYS(recvmsg),
    SCMP_SYS(close_range),
    SCMP_SYS(wait4),
    SCMP_SYS(close),
    SCMP_SYS(kill),
    SCMP_SYS(eventfd2),
    SCMP_SYS(setitimer),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(seccomp),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_getparam),
    SCMP_SYS(sched_getscheduler),
    SCMP_SYS(sched_setscheduler),
    SCMP_SYS(getppid),
    SCMP_SYS(prlimit64),
    SCMP_SYS(setrlimit),
    SCMP_SYS(prctl),
    SCMP_SYS(fcntl),
};

struct Release {
  void operator()(void* context) const { seccomp_release(context); }
};
using Context = std::unique_ptr<void, Release>;

void require(bool success) {
  if (!success) throw std::runtime_error("A seccomp filter could not be made.");
}

/// Adds a rule for a call whose arguments match all `conditions`.
template <class... Conditions>
void add(const Context& context, std::uint32_t action, int call, Conditions... conditions) {
  require(seccomp_rule_add(context.get(), action, call, sizeof...(conditions), conditions...) >= 0);
}

scmp_datum_t datum(auto value) { return static_cast<scmp_datum_t>(value); }

/// What the zygote and runs share.
Context run_context() {
  Context context(seccomp_init(SCMP_ACT_KILL_PROCESS));
  require(context != nullptr);
  for (const int call : run_calls) add(context, SCMP_ACT_ALLOW, call);
  // Memory may never become executable.
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
    add(context, SCMP_ACT_ALLOW, call, SCMP_A2(SCMP_CMP_MASKED_EQ, datum(PROT_EXEC), 0));
  }
  // No run may signal another. If the C library's abort cannot signal its own process, it executes an instruction that
  // ends it.
  add(context, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(tgkill));
  // The engine reads how much memory it uses from a file that a run does not have.
  add(context, SCMP_ACT_ERRNO(EBADF), SCMP_SYS(pread64));
  // Nothing happens, and the engine is told that it succeeded: newer ones want a scheduling of its own for the watchdog
  // thread, and open a file to log that they failed.
  add(context, SCMP_ACT_ERRNO(0), SCMP_SYS(sched_setattr));
  // A process may change only its own priority.
  add(context, SCMP_ACT_ALLOW, SCMP_SYS(setpriority), SCMP_A0(SCMP_CMP_EQ, datum(PRIO_PROCESS)),
      SCMP_A1(SCMP_CMP_EQ, datum(0)));
  return context;
}

/// The flags with which the C library forks and creates threads.
void allow_new_processes(const Context& context) {
  constexpr auto fork_flags = CLONE_CHILD_CLEARTID | CLONE_CHILD_SETTID | SIGCHLD;
  constexpr auto thread_flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |
                                CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
  for (const auto flags : {fork_flags, thread_flags}) {
    add(context, SCMP_ACT_ALLOW, SCMP_SYS(clone), SCMP_A0(SCMP_CMP_EQ, datum(flags)));
  }
  // Its flags are in memory, which a filter cannot read. The C library falls back to clone.
  add(context, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3));
}

std::vector<sock_filter> to_program(const Context& context) {
  const int file = memfd_create("filter", MFD_CLOEXEC);
  require(file >= 0 && seccomp_export_bpf(context.get(), file) >= 0);
  std::vector<sock_filter> program(static_cast<std::size_t>(lseek(file, 0, SEEK_END)) / sizeof(sock_filter));
  lseek(file, 0, SEEK_SET);
  const auto size = program.size() * sizeof(sock_filter);
  require(::read(file, program.data(), size) == static_cast<ssize_t>(size));
  close(file);
  return program;
}

}  // namespace

SyscallFilter SyscallFilter::for_run() {
  const auto context = run_context();
  // The handlers of a crash reset them, so that the crash ends the process.
  for (const int number : {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP}) {
    add(context, SCMP_ACT_ALLOW, SCMP_SYS(rt_sigaction), SCMP_A0(SCMP_CMP_EQ, datum(number)));
  }
  return SyscallFilter(to_program(context));
}

SyscallFilter SyscallFilter::for_zygote() {
  const auto context = run_context();
  for (const int call : zygote_calls) add(context, SCMP_ACT_ALLOW, call);
  allow_new_processes(context);
  return SyscallFilter(to_program(context));
}

bool SyscallFilter::available() {
  const std::uint32_t action = SECCOMP_RET_KILL_PROCESS;
  return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

bool SyscallFilter::install() const {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  const sock_fprog program{static_cast<unsigned short>(program_.size()), const_cast<sock_filter*>(program_.data())};
  // TSYNC: the engine's watchdog thread as well.
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
}

}  // namespace guildhall::vm::guest
