#include "vm/exit_evidence.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace guildhall::vm {
namespace {

using namespace std::chrono_literals;

Outcome said(Ending ending) {
  Outcome outcome;
  outcome.ending = ending;
  if (ending != Ending::completed) outcome.message = "as it says";
  return outcome;
}

/// As waitpid(2) has them.
protocol::Record exited(int code) { return {.op = protocol::Op::ended, .status = code << 8, .number = 1}; }
protocol::Record killed_by(int signal) { return {.op = protocol::Op::ended, .status = signal, .number = 1}; }

Ending ending(const ExitEvidence& evidence) { return classify_exit(evidence, {}).ending; }

TEST(VerdictTest, WhoSaysHowItEndedAndExitsIsBelieved) {
  EXPECT_EQ(ending({.said = said(Ending::completed), .record = exited(0)}), Ending::completed);
  EXPECT_EQ(ending({.said = said(Ending::exception), .record = exited(0)}), Ending::exception);
  EXPECT_EQ(ending({.said = said(Ending::memory), .record = exited(1)}), Ending::memory);
}

TEST(VerdictTest, WhatTheKernelSaysComesFirst) {
  EXPECT_EQ(ending({.said = said(Ending::completed), .record = killed_by(SIGSYS)}), Ending::forbidden);
  EXPECT_EQ(ending({.said = said(Ending::exception), .record = killed_by(SIGSYS)}), Ending::forbidden);
  EXPECT_EQ(ending({.fault = Ending::protocol, .killed = true, .record = killed_by(SIGSYS)}), Ending::forbidden);
  EXPECT_EQ(ending({.said = said(Ending::completed), .record = killed_by(SIGSEGV)}), Ending::crashed);
  EXPECT_EQ(ending({.said = said(Ending::completed), .record = exited(3)}), Ending::crashed);
}

TEST(VerdictTest, WhyWeEndedItIsTheReason) {
  for (const auto fault : {Ending::wall, Ending::calls, Ending::call_size, Ending::protocol, Ending::stopped}) {
    EXPECT_EQ(ending({.fault = fault, .killed = true, .record = killed_by(SIGKILL)}), fault);
    EXPECT_EQ(ending({.said = said(Ending::exception), .fault = fault, .killed = true}), fault);
  }
}

TEST(VerdictTest, ASignalTellsWhichLimitItWas) {
  EXPECT_EQ(ending({.record = killed_by(SIGXCPU)}), Ending::cpu);
  EXPECT_EQ(ending({.record = killed_by(SIGPROF)}), Ending::cpu);
  EXPECT_EQ(ending({.record = killed_by(SIGALRM)}), Ending::wall);
  EXPECT_EQ(ending({.record = killed_by(SIGABRT)}), Ending::crashed);
  EXPECT_EQ(ending({.record = killed_by(SIGSEGV | 0x80)}), Ending::crashed) << "with a core dump";
}

TEST(VerdictTest, AKillThatWasNotOursIsTheKernels) {
  auto record = killed_by(SIGKILL);
  EXPECT_EQ(ending({.record = record}), Ending::memory);
  record.cpu = 100'000;
  EXPECT_EQ(ending({.record = record}), Ending::cpu) << "RLIMIT_CPU's hard limit";
}

TEST(VerdictTest, WhoMustBeKilledAfterItsEndDoesNotKeepToTheProtocol) {
  EXPECT_EQ(ending({.said = said(Ending::completed), .killed = true, .record = killed_by(SIGKILL)}), Ending::protocol);
  EXPECT_EQ(ending({.killed = true, .record = killed_by(SIGKILL)}), Ending::protocol);
  EXPECT_EQ(ending({.said = said(Ending::exception), .killed = true, .record = killed_by(SIGKILL)}), Ending::exception);
}

TEST(VerdictTest, WhoCanSayNothingAnyMoreHasAnExitStatus) {
  EXPECT_EQ(ending({.record = exited(protocol::exit_cpu)}), Ending::cpu);
  EXPECT_EQ(ending({.record = exited(protocol::exit_memory)}), Ending::memory);
  EXPECT_EQ(ending({.record = exited(protocol::exit_broken)}), Ending::unavailable);
  EXPECT_EQ(ending({.record = exited(protocol::exit_said)}), Ending::protocol);
  EXPECT_EQ(ending({.record = exited(1)}), Ending::crashed);
}

TEST(VerdictTest, WithoutGuildhallVmOnlyWhatWasSaidIsKnown) {
  EXPECT_EQ(ending({}), Ending::unavailable);
  EXPECT_EQ(ending({.said = said(Ending::completed)}), Ending::completed);
  EXPECT_EQ(ending({.fault = Ending::wall, .killed = true}), Ending::wall);
}

TEST(VerdictTest, TextsAreThoseOfTheEndingOnly) {
  EXPECT_EQ(classify_exit({.said = said(Ending::exception), .record = exited(0)}, {}).message, "as it says");
  EXPECT_EQ(classify_exit({.said = said(Ending::exception), .record = killed_by(SIGSYS)}, {}).message, "");
}

TEST(VerdictTest, WhatItUsedIsAsTheRecordSays) {
  auto record = exited(0);
  record.cpu = 1'234;
  record.memory = 5'678;
  const auto outcome = classify_exit({.said = said(Ending::completed), .record = record}, {});
  EXPECT_EQ(outcome.cpu, 1'234us);
  EXPECT_EQ(outcome.memory, 5'678U);
  record.cpu = UINT64_MAX;
  EXPECT_EQ(classify_exit({.said = said(Ending::completed), .record = record}, {}).cpu, 1h) << "an invention";
}

}  // namespace
}  // namespace guildhall::vm
