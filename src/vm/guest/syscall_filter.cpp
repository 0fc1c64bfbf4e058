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

/// What a run needs: the engine's memory, its lock on itself, the socket that it was given, clocks, and its end.
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

/// What making a run takes beside that.
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

void require(int result) {
  if (result < 0) throw std::runtime_error("A seccomp filter could not be made.");
}

void allow(const Context& context, int call) { require(seccomp_rule_add(context.get(), SCMP_ACT_ALLOW, call, 0)); }

/// Memory may never become executable.
void allow_memory(const Context& context) {
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
    require(seccomp_rule_add(context.get(), SCMP_ACT_ALLOW, call, 1,
                             SCMP_A2(SCMP_CMP_MASKED_EQ, static_cast<scmp_datum_t>(PROT_EXEC), 0)));
  }
}

/// A process that cannot go on ends itself by an instruction that it may not execute, where a signal is not to be had:
/// the C library's abort does so. So no run can signal another one.
void refuse_signals(const Context& context) {
  require(seccomp_rule_add(context.get(), SCMP_ACT_ERRNO(EPERM), SCMP_SYS(tgkill), 0));
}

/// To have less of the processor, itself alone.
void allow_giving_way(const Context& context) {
  require(seccomp_rule_add(context.get(), SCMP_ACT_ALLOW, SCMP_SYS(setpriority), 2,
                           SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(PRIO_PROCESS)),
                           SCMP_A1(SCMP_CMP_EQ, static_cast<scmp_datum_t>(0))));
}

/// The engine asks now and then how much memory it has, of a file that a run does not have any more.
void refuse_files(const Context& context) {
  require(seccomp_rule_add(context.get(), SCMP_ACT_ERRNO(EBADF), SCMP_SYS(pread64), 0));
}

/// Those that say how the process ends.
void allow_crash_handlers(const Context& context) {
  for (const int number : {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP}) {
    require(seccomp_rule_add(context.get(), SCMP_ACT_ALLOW, SCMP_SYS(rt_sigaction), 1,
                             SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(number))));
  }
}

void allow_new_processes(const Context& context) {
  constexpr auto fork_flags = static_cast<scmp_datum_t>(CLONE_CHILD_CLEARTID | CLONE_CHILD_SETTID | SIGCHLD);
  constexpr auto thread_flags =
      static_cast<scmp_datum_t>(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |
                                CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID);
  for (const auto flags : {fork_flags, thread_flags}) {
    require(seccomp_rule_add(context.get(), SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_EQ, flags)));
  }
  // Its flags are in memory, where no filter sees them. The C library takes clone instead.
  require(seccomp_rule_add(context.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0));
}

std::vector<sock_filter> to_program(const Context& context) {
  const int file = memfd_create("filter", MFD_CLOEXEC);
  if (file < 0) throw std::runtime_error("A seccomp filter could not be made.");
  require(seccomp_export_bpf(context.get(), file));
  std::vector<sock_filter> program(static_cast<std::size_t>(lseek(file, 0, SEEK_END)) / sizeof(sock_filter));
  lseek(file, 0, SEEK_SET);
  const auto size = program.size() * sizeof(sock_filter);
  const bool whole = ::read(file, program.data(), size) == static_cast<ssize_t>(size);
  close(file);
  if (!whole) throw std::runtime_error("A seccomp filter could not be made.");
  return program;
}

Context run_context() {
  Context context(seccomp_init(SCMP_ACT_KILL_PROCESS));
  if (!context) throw std::runtime_error("A seccomp filter could not be made.");
  for (const int call : run_calls) allow(context, call);
  allow_memory(context);
  refuse_signals(context);
  refuse_files(context);
  allow_giving_way(context);
  return context;
}

}  // namespace

SyscallFilter SyscallFilter::for_run() {
  const auto context = run_context();
  allow_crash_handlers(context);
  return SyscallFilter(to_program(context));
}

SyscallFilter SyscallFilter::for_zygote() {
  const auto context = run_context();
  for (const int call : zygote_calls) allow(context, call);
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
  // All threads of the process: a run has the engine's watchdog.
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
}

}  // namespace guildhall::vm::guest
