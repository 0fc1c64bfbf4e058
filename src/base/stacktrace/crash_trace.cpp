#include "base/stacktrace/crash_trace.hpp"

#include <cxxabi.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <typeinfo>

#include "base/stacktrace/frame_names.hpp"
#include "base/stacktrace/stack_trace.hpp"

namespace guildhall::base {
namespace {

constexpr std::array signals{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP};
/// The limit for writing a report; a crash while writing one must not hang the program.
constexpr unsigned max_report_seconds = 10;
/// More than StackTrace keeps, since nested coroutines take several frames each.
constexpr std::size_t max_frames = 200;
/// Demangling needs a lot of stack.
constexpr std::size_t crash_stack_bytes = 512UL * 1024;

const char* program_name = "";
std::atomic<pid_t> reporter{0};  // the thread that reports its crash
std::atomic<bool> reported{false};

// The functions up to the handler are async-signal-safe (signal-safety(7)).

void print(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void print_number(std::uintptr_t number, int base) {
  std::array<char, 24> digits{};
  const auto* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
  print({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void print_frames(std::span<const std::uintptr_t> frames) {
  name_frames(
      frames, [](std::string_view piece, void*) { print(piece); }, nullptr);
}

std::string_view name_of(int signal) {
  switch (signal) {
    case SIGSEGV: return "SIGSEGV (invalid memory access)";
    case SIGBUS: return "SIGBUS (bus error)";
    case SIGFPE: return "SIGFPE (arithmetic error)";
    case SIGILL: return "SIGILL (illegal instruction)";
    case SIGABRT: return "SIGABRT (abort)";
    case SIGSYS: return "SIGSYS (forbidden system call)";
    default: return "SIGTRAP";
  }
}

void report(int signal, const siginfo_t& info) {
  print("\n");
  print(program_name);
  print(" crashed: ");
  print(name_of(signal));
  if (info.si_code <= 0 && info.si_pid != ::getpid()) {
    print(", sent by process ");
    print_number(static_cast<std::uintptr_t>(info.si_pid), 10);
  } else if (signal == SIGSEGV || signal == SIGBUS) {
    print(" at 0x");
    print_number(reinterpret_cast<std::uintptr_t>(info.si_addr), 16);
  }
  print("\n");
  std::array<std::uintptr_t, max_frames> frames{};
  print_frames({frames.data(), take_frames(frames, 1)});
}

void handle(int signal, siginfo_t* info, void*) {
  const pid_t self = ::gettid();
  pid_t none = 0;
  if (reporter.compare_exchange_strong(none, self)) {
    ::alarm(max_report_seconds);
    if (!reported) report(signal, *info);
  } else if (none != self) {
    while (true) ::pause();  // The other thread ends the program after its report.
  }
  // The default action ends the program as soon as the handler returns and unblocks the signal.
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

/// The type and message of an uncaught exception.
std::string describe(const std::exception_ptr& exception) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> type(
      abi::__cxa_demangle(abi::__cxa_current_exception_type()->name(), nullptr, nullptr, &status), std::free);
  std::string text = type ? type.get() : "an exception";
  try {
    std::rethrow_exception(exception);
  } catch (const std::exception& known) {
    return text + ": " + known.what();
  } catch (...) {
    return text;
  }
}

[[noreturn]] void report_and_abort() {
  const auto exception = std::current_exception();
  if (exception && !reported.exchange(true)) {
    print(std::string("\n") + program_name + " crashed: uncaught " + describe(exception) + "\n");
    const auto origin = StackTrace::of(exception);
    print_frames((origin.empty() ? StackTrace::here() : origin).frames());
  }
  std::abort();
}

}  // namespace

sigset_t crash_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : signals) sigaddset(&set, signal);
  return set;
}

void install_crash_trace(const char* program) {
  program_name = program;
  static const CrashStack main_thread;
  struct sigaction action {};
  action.sa_sigaction = handle;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (const int signal : signals) ::sigaction(signal, &action, nullptr);
  std::set_terminate(report_and_abort);
}

CrashStack::CrashStack() {
  void* const memory =
      ::mmap(nullptr, crash_stack_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) return;  // A stack overflow then ends the program without a report.
  memory_ = memory;
  const stack_t stack{.ss_sp = memory, .ss_flags = 0, .ss_size = crash_stack_bytes};
  ::sigaltstack(&stack, &before_);
}

CrashStack::~CrashStack() {
  if (memory_ == nullptr) return;
  ::sigaltstack(&before_, nullptr);
  ::munmap(memory_, crash_stack_bytes);
}

}  // namespace guildhall::base
