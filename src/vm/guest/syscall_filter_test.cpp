#include "vm/guest/syscall_filter.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/sched.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <functional>
#include <set>
#include <string>

namespace guildhall::vm::guest {
namespace {

/// The system calls that a run may make. A change of the filter must be repeated here.
const std::set<std::string> allowed{
    "brk",
    "clock_gettime",
    "clock_nanosleep",
    "exit",
    "exit_group",
    "futex",
    "getpid",
    "getrandom",
    "getrusage",
    "gettid",
    "gettimeofday",
    "madvise",
    "mmap",
    "mprotect",
    "mremap",
    "munmap",
    "poll",
    "ppoll",
    "read",
    "restart_syscall",
    "rseq",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sched_yield",
    "setpriority",
    "set_robust_list",
    "sigaltstack",
    "time",
    "write",
};
/// System calls that do nothing: they fail, which the engine tolerates, or seem to succeed.
const std::set<std::string> refused{"pread64", "tgkill", "clone3", "sched_setattr"};

constexpr int unconfined = 77;

/// The status of a process that does `attempt` under the filters of a run, installed in the order of a run.
int status_of(const std::function<void()>& attempt) {
  static const auto zygote = SyscallFilter::for_zygote();
  static const auto run = SyscallFilter::for_run();
  const pid_t child = fork();
  if (child == 0) {
    if (!zygote.install() || !run.install()) _exit(unconfined);
    attempt();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

bool is_ended_by_filter(int status) { return WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS; }

std::string name_of(int call) {
  char* name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, call);
  if (name == nullptr) return {};
  std::string text(name);
  std::free(name);
  return text;
}

TEST(SyscallFilter, EverySystemCallThatIsNotNeededEndsARun) {
  ASSERT_TRUE(SyscallFilter::available());
  int tried = 0;
  for (int call = 0; call < 600; ++call) {
    const auto name = name_of(call);
    if (name.empty() || allowed.contains(name) || refused.contains(name)) continue;
    ++tried;
    const int status = status_of([call] { syscall(call, 0, 0, 0, 0, 0, 0); });
    EXPECT_TRUE(is_ended_by_filter(status)) << name << ": " << status;
  }
  EXPECT_GT(tried, 280);  // There are that many.
}

TEST(SyscallFilter, AnUnknownSystemCallEndsARun) {
  EXPECT_TRUE(is_ended_by_filter(status_of([] { syscall(4000); })));
#ifdef __x86_64__
  // The same calls under the numbers of another ABI.
  EXPECT_TRUE(is_ended_by_filter(status_of([] { syscall(0x40000000 + SYS_getpid); })));
#endif
}

struct Attempt {
  const char* what;
  void (*make)();
};

class HostileCall : public testing::TestWithParam<Attempt> {};

TEST_P(HostileCall, EndsTheRun) { EXPECT_TRUE(is_ended_by_filter(status_of(GetParam().make))); }

const std::array hostile{
    Attempt{"OpensAFile", [] { open("/etc/passwd", O_RDONLY); }},
    Attempt{"CreatesASocket", [] { socket(AF_INET, SOCK_STREAM, 0); }},
    Attempt{"ExecutesAProgram",
            [] {
              std::array<char*, 1> none{nullptr};
              execve("/bin/sh", none.data(), none.data());
            }},
    Attempt{"Forks", [] { syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); }},
    Attempt{"CreatesAThread",
            [] { syscall(SYS_clone, CLONE_VM | CLONE_THREAD | CLONE_SIGHAND | CLONE_FILES | CLONE_FS, 0, 0, 0, 0); }},
    Attempt{"EntersANamespace", [] { unshare(CLONE_NEWUSER); }},
    Attempt{"TracesItsParent", [] { syscall(SYS_ptrace, 16, getppid(), 0, 0); }},
    Attempt{"KillsItsParent", [] { kill(getppid(), SIGKILL); }},
    Attempt{"MapsCode",
            [] { mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }},
    Attempt{"MakesMemoryExecutable",
            [] {
              void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
              mprotect(page, 4096, PROT_READ | PROT_EXEC);
            }},
    Attempt{"SendsADescriptor",
            [] {
              msghdr message{};
              sendmsg(3, &message, 0);
            }},
    Attempt{"ChangesAnotherPriority", [] { setpriority(PRIO_PROCESS, 1, 19); }},
    Attempt{"IgnoresTheLimitSignal", [] { signal(SIGPROF, SIG_IGN); }},
};

INSTANTIATE_TEST_SUITE_P(SyscallFilter, HostileCall, testing::ValuesIn(hostile),
                         [](const auto& attempt) { return std::string(attempt.param.what); });

TEST(SyscallFilter, ARunCannotSignalAnotherProcess) {
  const pid_t other = getpid();
  const int status = status_of([other] {
    const bool refused_it = syscall(SYS_tgkill, other, other, SIGABRT) < 0 && errno == EPERM;
    _exit(refused_it ? 5 : 6);
  });
  EXPECT_EQ(WEXITSTATUS(status), 5);
}

TEST(SyscallFilter, ARunSeemsToChangeItsScheduling) {
  // The kernel would refuse it without the attributes.
  const int status = status_of([] { _exit(syscall(SYS_sched_setattr, 0, nullptr, 0) == 0 ? 5 : 6); });
  EXPECT_EQ(WEXITSTATUS(status), 5);
}

TEST(SyscallFilter, ARunCanUseMemoryAndItsSocket) {
  const int status = status_of([] {
    void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char byte = 0;
    const bool failed = page == MAP_FAILED || write(-1, &byte, 1) != -1 || errno != EBADF;
    _exit(failed ? 1 : 9);
  });
  EXPECT_EQ(WEXITSTATUS(status), 9);
}

}  // namespace
}  // namespace guildhall::vm::guest
