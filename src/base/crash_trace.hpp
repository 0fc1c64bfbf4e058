#pragma once

#include <csignal>

namespace guildhall::base {

/// From here on a crash says on standard error what happened and where: a signal such as SIGSEGV or SIGABRT, or an
/// exception that nobody catches. After that the signal does what it always does, a core dump included. Call once, on
/// the main thread; `program` is what it calls itself.
void install_crash_trace(const char* program);

/// Room on which a thread whose own stack is used up can still tell of its crash. Lives on that thread; the main
/// thread has one by install_crash_trace.
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

/// The signals that a crash raises. A thread that blocks signals leaves these alone.
[[nodiscard]] sigset_t crash_signals();

}  // namespace guildhall::base
