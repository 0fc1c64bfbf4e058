#include "vm/exit_evidence.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace guildhall::vm {
namespace {

using namespace std::chrono_literals;

Outcome reported(Ending ending) {
  Outcome outcome;
  outcome.ending = ending;
  if (ending != Ending::completed) outcome.message = "reported";
  return outcome;
}

/// With the status of waitpid(2).
protocol::Record exited(int code) { return {.op = protocol::Op::ended, .status = code << 8, .number = 1}; }
protocol::Record killed_by(int signal) { return {.op = protocol::Op::ended, .status = signal, .number = 1}; }

Ending ending(const ExitEvidence& evidence) { return classify_exit(evidence, {}).ending; }

TEST(ExitEvidenceTest, AReportFollowedByAnExitIsBelieved) {
  EXPECT_EQ(ending({.reported = reported(Ending::completed), .record = exited(0)}), Ending::completed);
  EXPECT_EQ(ending({.reported = reported(Ending::exception), .record = exited(0)}), Ending::exception);
  EXPECT_EQ(ending({.reported = reported(Ending::memory), .record = exited(1)}), Ending::memory);
}

TEST(ExitEvidenceTest, TheKernelOutranksTheReport) {
  EXPECT_EQ(ending({.reported = reported(Ending::completed), .record = killed_by(SIGSYS)}), Ending::forbidden);
  EXPECT_EQ(ending({.reported = reported(Ending::exception), .record = killed_by(SIGSYS)}), Ending::forbidden);
  EXPECT_EQ(ending({.imposed = Ending::protocol, .killed = true, .record = killed_by(SIGSYS)}), Ending::forbidden);
  EXPECT_EQ(ending({.reported = reported(Ending::completed), .record = killed_by(SIGSEGV)}), Ending::crashed);
  EXPECT_EQ(ending({.reported = reported(Ending::completed), .record = exited(3)}), Ending::crashed);
}

TEST(ExitEvidenceTest, OurReasonOutranksTheReport) {
  for (const auto imposed : {Ending::wall, Ending::calls, Ending::call_size, Ending::protocol, Ending::stopped}) {
    EXPECT_EQ(ending({.imposed = imposed, .killed = true, .record = killed_by(SIGKILL)}), imposed);
    EXPECT_EQ(ending({.reported = reported(Ending::exception), .imposed = imposed, .killed = true}), imposed);
  }
}

TEST(ExitEvidenceTest, ASignalNamesTheLimit) {
  EXPECT_EQ(ending({.record = killed_by(SIGXCPU)}), Ending::cpu);
  EXPECT_EQ(ending({.record = killed_by(SIGPROF)}), Ending::cpu);
  EXPECT_EQ(ending({.record = killed_by(SIGALRM)}), Ending::wall);
  EXPECT_EQ(ending({.record = killed_by(SIGABRT)}), Ending::crashed);
  EXPECT_EQ(ending({.record = killed_by(SIGSEGV | 0x80)}), Ending::crashed) << "with a core dump";
}

TEST(ExitEvidenceTest, ASigkillOfTheKernelIsALimit) {
  auto record = killed_by(SIGKILL);
  EXPECT_EQ(ending({.record = record}), Ending::memory);
  record.cpu = 100'000;
  EXPECT_EQ(ending({.record = record}), Ending::cpu) << "RLIMIT_CPU's hard limit";
}

TEST(ExitEvidenceTest, AProcessThatDoesNotExitAfterItsReportViolatesTheProtocol) {
  EXPECT_EQ(ending({.reported = reported(Ending::completed), .killed = true, .record = killed_by(SIGKILL)}),
            Ending::protocol);
  EXPECT_EQ(ending({.killed = true, .record = killed_by(SIGKILL)}), Ending::protocol);
  EXPECT_EQ(ending({.reported = reported(Ending::exception), .killed = true, .record = killed_by(SIGKILL)}),
            Ending::exception);
}

TEST(ExitEvidenceTest, AnExitStatusNamesTheLimit) {
  EXPECT_EQ(ending({.record = exited(protocol::exit_cpu)}), Ending::cpu);
  EXPECT_EQ(ending({.record = exited(protocol::exit_memory)}), Ending::memory);
  EXPECT_EQ(ending({.record = exited(protocol::exit_broken)}), Ending::unavailable);
  EXPECT_EQ(ending({.record = exited(protocol::exit_reported)}), Ending::protocol);
  EXPECT_EQ(ending({.record = exited(1)}), Ending::crashed);
}

TEST(ExitEvidenceTest, WithoutARecordTheReportDecides) {
  EXPECT_EQ(ending({}), Ending::unavailable);
  EXPECT_EQ(ending({.reported = reported(Ending::completed)}), Ending::completed);
  EXPECT_EQ(ending({.imposed = Ending::wall, .killed = true}), Ending::wall);
}

TEST(ExitEvidenceTest, TextsOfAnotherEndingAreDropped) {
  EXPECT_EQ(classify_exit({.reported = reported(Ending::exception), .record = exited(0)}, {}).message, "reported");
  EXPECT_EQ(classify_exit({.reported = reported(Ending::exception), .record = killed_by(SIGSYS)}, {}).message, "");
}

TEST(ExitEvidenceTest, UsageComesFromTheRecord) {
  auto record = exited(0);
  record.cpu = 1'234;
  record.memory = 5'678;
  const auto outcome = classify_exit({.reported = reported(Ending::completed), .record = record}, {});
  EXPECT_EQ(outcome.cpu, 1'234us);
  EXPECT_EQ(outcome.memory, 5'678U);
  record.cpu = UINT64_MAX;
  EXPECT_EQ(classify_exit({.reported = reported(Ending::completed), .record = record}, {}).cpu, 1h)
      << "a forged record";
}

}  // namespace
}  // namespace guildhall::vm
