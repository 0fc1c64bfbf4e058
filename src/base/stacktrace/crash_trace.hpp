#pragma once

#include <csignal>

namespace guildhall::base {

/// Makes crashes (a signal such as SIGSEGV or SIGABRT, or an uncaught exception) write their cause and stack to
/// standard error, before the signal takes its default action, including a core dump. Call once, on the main thread;
/// `program` is its name in that text.
void install_crash_trace(const char* program);

/// An alternate signal stack, so that a thread that overflows its own stack can still report its crash. Lives on that
/// thread; install_crash_trace creates the main thread's.
class CrashStack {
 public:
  CrashStack();
  ~CrashStack();
  CrashStack(const CrashStack&) = delete;
  CrashStack& operator=(const CrashStack&) = delete;

 private:
  void* memory_ = nullptr;
  stack_t before_{};
};

/// The signals that a crash raises. Threads must not block them.
[[nodiscard]] sigset_t crash_signals();

}  // namespace guildhall::base
