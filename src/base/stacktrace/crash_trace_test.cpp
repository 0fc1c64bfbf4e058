#include "base/stacktrace/crash_trace.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <thread>

namespace guildhall::base {
namespace {

using testing::KilledBySignal;

[[gnu::noinline]] void write_nowhere() {
  auto* volatile nowhere = reinterpret_cast<volatile int*>(16);
  *nowhere = 1;
}

[[gnu::noinline]] void throw_to_nobody() { throw std::runtime_error("nobody listens"); }

[[gnu::noinline]] void give_up() { std::abort(); }

// NOLINTNEXTLINE(misc-no-recursion)
[[gnu::noinline]] int use_up_the_stack(int depth) {
  volatile char room[4096] = {};
  room[depth % 4096] = 1;
  return depth < 0 ? 0 : use_up_the_stack(depth + 1) + room[0];
}

class CrashTrace : public testing::Test {
 protected:
  CrashTrace() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};
using CrashTraceDeathTest = CrashTrace;

TEST_F(CrashTraceDeathTest, NamesTheFunctionOfAnInvalidAccess) {
  EXPECT_EXIT(
      {
        install_crash_trace("tester");
        write_nowhere();
      },
      KilledBySignal(SIGSEGV), "tester crashed: SIGSEGV.*at 0x10\n(.*\n)*at .*write_nowhere \\(src/base/");
}

TEST_F(CrashTraceDeathTest, NamesTheFunctionThatAborted) {
  EXPECT_EXIT(
      {
        install_crash_trace("tester");
        give_up();
      },
      KilledBySignal(SIGABRT), "tester crashed: SIGABRT.*\n(.*\n)*at .*give_up \\(");
}

TEST_F(CrashTraceDeathTest, ReportsAnUncaughtExceptionAndItsOrigin) {
  EXPECT_EXIT(
      {
        install_crash_trace("tester");
        std::thread([] { throw_to_nobody(); }).join();
      },
      KilledBySignal(SIGABRT), "uncaught std::runtime_error: nobody listens\n(.*\n)*at .*throw_to_nobody \\(");
}

TEST_F(CrashTraceDeathTest, ReportsAStackOverflowOfAThread) {
  EXPECT_EXIT(
      {
        install_crash_trace("tester");
        std::thread([] {
          const CrashStack here;
          use_up_the_stack(0);
        }).join();
      },
      KilledBySignal(SIGSEGV), "at .*use_up_the_stack \\(");
}

TEST_F(CrashTraceDeathTest, NamesTheSenderOfASignal) {
  EXPECT_EXIT(
      {
        install_crash_trace("tester");
        const auto self = ::getpid();
        if (::fork() == 0) {
          ::kill(self, SIGBUS);
          std::_Exit(0);
        }
        ::pause();
      },
      KilledBySignal(SIGBUS), "SIGBUS.*, sent by process [0-9]+\n");
}

}  // namespace
}  // namespace guildhall::base
