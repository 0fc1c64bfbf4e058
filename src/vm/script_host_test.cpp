// The parent side, with lying_guest in the place of guildhall-vm.
#include "vm/script_host.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/json.hpp>
#include <cerrno>
#include <csignal>
#include <optional>

#include "vm/descriptor.hpp"
#include "vm/test_support.hpp"

namespace guildhall::vm {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr base::GuildId guild{41};
constexpr base::GuildId other_guild{42};
constexpr auto ended = R"(say {"type":"ended"})";

class ScriptHostTest : public ::testing::Test {
 protected:
  ScriptHostTest() {
    logger_.attach(log_);
    options_.program = LYING_GUEST;
  }
  ~ScriptHostTest() override {
    if (host_) stop();
    int status = 0;
    EXPECT_EQ(::waitpid(-1, &status, WNOHANG), -1) << "a process or a zombie is left";
    EXPECT_EQ(errno, ECHILD);
    host_.reset();
    std::filesystem::remove_all(folder_);
  }

  /// Links the lying guest under a name that decides how it starts.
  void start_as(const std::string& name) {
    std::filesystem::create_directories(folder_);
    options_.program = folder_ / name;
    std::filesystem::create_symlink(LYING_GUEST, options_.program);
  }

  base::Result<void> start() {
    host_.emplace(loop_.executor(), options_, base::Log(logger_, "vm"));
    return loop_.run(host_->start());
  }
  void stop() { loop_.run(host_->stop()); }

  [[nodiscard]] net::Future<Outcome> begin(const std::string& script, base::GuildId of = guild) {
    return loop_.start(host_->run({of, script, {{"id", "7"}}, {"a"}}, calls_));
  }
  Outcome run(const std::string& script) { return loop_.get(begin(script)); }
  /// The ending of a run; starts the host if necessary.
  Ending ending(const std::string& script) {
    if (!host_ && !start()) throw std::runtime_error("no host");
    return run(script).ending;
  }

  std::string reason_off() {
    const auto started = start();
    EXPECT_FALSE(started);
    if (started) return {};
    EXPECT_EQ(host_->reason_off(), started.error().message);
    EXPECT_EQ(run("exit 0").ending, Ending::unavailable);
    return started.error().message;
  }

  test::TestLoop loop_;
  std::shared_ptr<test::LogCapture> log_ = std::make_shared<test::LogCapture>();
  base::SystemClock clock_;
  base::Logger logger_{clock_, base::LogLevel::debug};
  std::shared_ptr<test_support::FakeCalls> calls_ = std::make_shared<test_support::FakeCalls>();
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("guildhall-vm-test-" + std::to_string(::getpid()));
  ScriptHostOptions options_;
  std::optional<ScriptHost> host_;
};

TEST_F(ScriptHostTest, ReportsARunAndItsUsage) {
  ASSERT_TRUE(start());
  EXPECT_EQ(host_->reason_off(), "");
  const auto outcome = run(std::string("log hello\n") + ended);
  EXPECT_EQ(outcome.ending, Ending::completed);
  EXPECT_EQ(outcome.cpu, 1'234us);
  EXPECT_EQ(outcome.memory, 5'678U);
  EXPECT_GT(outcome.wall, 0us);
  EXPECT_THAT(calls_->lines, ElementsAre("log: hello"));
  const auto stats = host_->stats();
  EXPECT_EQ(stats.started, 1U);
  EXPECT_EQ(stats.endings.at(static_cast<std::size_t>(Ending::completed)), 1U);
  EXPECT_EQ(stats.running, 0U);
  EXPECT_EQ(stats.hosts_started, 1U);
}

TEST_F(ScriptHostTest, TheProgramInheritsOnlyItsChannel) {
  // Without O_CLOEXEC, as a library might open them. One of them does not have the number of the channel.
  const Descriptor careless(::open("/dev/null", O_RDONLY));
  const Descriptor another(::open("/dev/null", O_RDONLY));
  ASSERT_TRUE(start());
  EXPECT_EQ(run(std::string("describe\n") + ended).ending, Ending::completed);
  EXPECT_THAT(calls_->lines, ElementsAre("log: no option, no environment, descriptors 0 1 2 3"));
}

TEST_F(ScriptHostTest, CallsAreCarriedOutInOrder) {
  ASSERT_TRUE(start());
  calls_->answer = boost::json::value{{"id", "9"}};
  calls_->delay = 5ms;
  const auto outcome =
      run(std::string(R"(say {"type":"call","call":1,"method":"reply","arguments":{"data":{}}})") + "\n" +
          R"(say {"type":"call","call":2,"method":"deleteReply","arguments":{}})" + "\nread\nread\n" + ended);
  EXPECT_EQ(outcome.ending, Ending::completed);
  ASSERT_EQ(calls_->calls.size(), 2U);
  EXPECT_EQ(calls_->calls[0].method, Method::reply);
  EXPECT_TRUE(calls_->calls[0].arguments.contains("data"));
  EXPECT_EQ(calls_->calls[1].method, Method::delete_reply);
  EXPECT_EQ(calls_->max_in_flight, 1);
  EXPECT_THAT(calls_->lines, ElementsAre(R"(log: {"type":"result","call":1,"value":{"id":"9"}})",
                                         R"(log: {"type":"result","call":2,"value":{"id":"9"}})"));
}

TEST_F(ScriptHostTest, ACallThatFailsIsAnErrorInTheScript) {
  ASSERT_TRUE(start());
  const auto script =
      std::string(R"(say {"type":"call","call":1,"method":"reply","arguments":{}})") + "\nread\n" + ended;
  calls_->answer = base::Error{base::Errc::refused, "Unknown interaction", {}, {}, 10062};
  EXPECT_EQ(run(script).ending, Ending::completed);
  calls_->throws = true;
  EXPECT_EQ(run(script).ending, Ending::completed);
  EXPECT_THAT(calls_->lines,
              ElementsAre(R"(log: {"type":"result","call":1,"error":{"message":"Unknown interaction","code":10062}})",
                          HasSubstr("Internal error")));
  EXPECT_THAT(log_->text(), HasSubstr("the call failed inside"));
}

TEST_F(ScriptHostTest, ReportsAFailure) {
  ASSERT_TRUE(start());
  const auto outcome = run(
      R"(say {"type":"failed","reason":"exception","name":"Error","message":"no","line":2,"column":5,"stack":"@2:5"})");
  EXPECT_EQ(outcome.ending, Ending::exception);
  EXPECT_EQ(outcome.message, "no");
  EXPECT_EQ(outcome.position, (SourcePosition{2, 5}));
}

TEST_F(ScriptHostTest, EveryOtherEndingIsClassified) {
  options_.limits.calls = 1;
  options_.limits.call_size = 1'000;
  const std::string call = R"(say {"type":"call","call":1,"method":"reply","arguments":{}})";
  EXPECT_EQ(ending("exit 0"), Ending::protocol) << "without a report";
  EXPECT_EQ(ending("exit 1"), Ending::crashed);
  EXPECT_EQ(ending("signal " + std::to_string(SIGSYS)), Ending::forbidden);
  EXPECT_EQ(ending("signal " + std::to_string(SIGXCPU)), Ending::cpu);
  EXPECT_EQ(ending("signal " + std::to_string(SIGKILL)), Ending::memory);
  EXPECT_EQ(ending("signal " + std::to_string(SIGABRT)), Ending::crashed);
  EXPECT_EQ(ending("raw nonsense\nhang"), Ending::protocol);
  EXPECT_EQ(ending("length 1048577\nhang"), Ending::protocol);
  EXPECT_EQ(ending("say []\nhang"), Ending::protocol);
  calls_->delay = 10s;
  EXPECT_EQ(ending(call + "\n" + ended), Ending::protocol) << "with a call in flight";
  calls_->delay = 0s;
  EXPECT_EQ(ending(call + "\nread\n" + R"(say {"type":"call","call":2,"method":"reply","arguments":{}})" + "\nhang"),
            Ending::calls);
  EXPECT_EQ(ending(R"(say {"type":"call","call":1,"method":"reply","arguments":{"data":")" + std::string(2'000, 'x') +
                   "\"}}\nhang"),
            Ending::call_size);
  calls_->lines.clear();
  EXPECT_EQ(ending(std::string("flood ") + R"({"type":"console","level":"log","text":"x"})"), Ending::protocol);
  EXPECT_EQ(calls_->lines.size(), options_.limits.console_lines);
  EXPECT_EQ(host_->stats().hosts_started, 1U) << "a run cannot end the host";
}

TEST_F(ScriptHostTest, AnIncompleteFrameIsNotAFaultItself) {
  EXPECT_EQ(ending("length 100\nraw {\nsignal " + std::to_string(SIGSYS)), Ending::forbidden);
}

TEST_F(ScriptHostTest, TheWallLimitEndsARun) {
  options_.limits.wall = 50ms;
  EXPECT_EQ(ending("hang"), Ending::wall);
  EXPECT_EQ(ending("length 100\nhang"), Ending::wall) << "in the middle of a frame";
}

TEST_F(ScriptHostTest, ACallIsAbandonedWhenItsRunEnds) {
  options_.limits.wall = 50ms;
  calls_->delay = 1h;  // stop must not wait for it
  EXPECT_EQ(ending(R"(say {"type":"call","call":1,"method":"reply","arguments":{}})" + std::string("\nhang")),
            Ending::wall);
  EXPECT_NO_THROW(stop());
}

TEST_F(ScriptHostTest, AProcessThatDoesNotExitAfterItsReportIsKilled) {
  options_.timeouts.exit = 50ms;
  EXPECT_EQ(ending(std::string(ended) + "\nhang"), Ending::protocol);
  EXPECT_EQ(ending("close\nhang"), Ending::protocol);
  EXPECT_EQ(ending(R"(say {"type":"failed","reason":"memory"})" + std::string("\nhang")), Ending::memory);
}

TEST_F(ScriptHostTest, ACheckMakesNoCalls) {
  ASSERT_TRUE(start());
  EXPECT_EQ(loop_.run(host_->check(guild, ended)).ending, Ending::completed);
  EXPECT_EQ(loop_.run(host_->check(guild, R"(say {"type":"failed","reason":"syntax","line":1})")).position,
            (SourcePosition{1, 0}));
  EXPECT_EQ(loop_.run(host_->check(guild, "log hello\nhang")).ending, Ending::protocol);
  EXPECT_EQ(loop_.run(host_->check(guild, R"(say {"type":"call","call":1,"method":"reply","arguments":{}})")).ending,
            Ending::protocol);
}

TEST_F(ScriptHostTest, AScriptThatIsTooLongThrows) {
  ASSERT_TRUE(start());
  EXPECT_THROW(static_cast<void>(run(std::string(1U << 20, 'x'))), std::length_error);
}

TEST_F(ScriptHostTest, RunsThatWaitTooLongOrFindTheQueueFullAreBusy) {
  options_.queue.max_running = 2;
  options_.queue.max_running_per_guild = 1;
  options_.queue.max_waiting_per_guild = 1;
  options_.queue.max_wait = 100ms;
  ASSERT_TRUE(start());
  auto running = begin("hang");
  auto waiting = begin("hang");
  auto turned_away = begin("hang");
  EXPECT_EQ(loop_.get(std::move(turned_away)).ending, Ending::busy);
  EXPECT_EQ(host_->stats().running, 1U);
  EXPECT_EQ(host_->stats().waiting, 1U);
  EXPECT_EQ(loop_.get(begin(ended, other_guild)).ending, Ending::completed) << "another guild does not wait";
  EXPECT_EQ(loop_.get(std::move(waiting)).ending, Ending::busy);
  EXPECT_EQ(host_->stats().running, 1U);
  EXPECT_EQ(host_->stats().waiting, 0U);
  EXPECT_EQ(host_->stats().started, 2U);
  stop();
  EXPECT_EQ(loop_.get(std::move(running)).ending, Ending::stopped);
}

TEST_F(ScriptHostTest, AnIdleRunHasNoPlaceUntilItHasSomethingToDo) {
  options_.queue.max_running = 1;
  options_.queue.max_running_per_guild = 1;
  ASSERT_TRUE(start());
  auto sleeper = begin(R"(say {"type":"idle","wait":300})" + std::string("\nread\n") + ended);
  EXPECT_TRUE(loop_.until([&] { return host_->stats().idle == 1; }));
  EXPECT_EQ(host_->stats().running, 0U);
  auto other = begin("log begun\nhang", other_guild);
  ASSERT_TRUE(loop_.until([&] { return !calls_->lines.empty(); })) << "it has the place meanwhile";
  EXPECT_EQ(loop_.get(std::move(sleeper)).ending, Ending::completed) << "once the other one has had its time";
  EXPECT_THAT(calls_->lines, ElementsAre("log: begun", R"(log: {"type":"wake"})"));
  EXPECT_EQ(host_->stats().idle, 0U);
}

TEST_F(ScriptHostTest, AResultWakesAnIdleRun) {
  ASSERT_TRUE(start());
  calls_->delay = 20ms;
  const auto outcome = run(R"(say {"type":"call","call":1,"method":"reply","arguments":{}})" + std::string("\n") +
                           R"(say {"type":"idle","wait":60000})" + "\nread\n" + ended);
  EXPECT_EQ(outcome.ending, Ending::completed);
  EXPECT_THAT(calls_->lines, ElementsAre(R"(log: {"type":"result","call":1,"value":null})"));
}

TEST_F(ScriptHostTest, ARunIsIdleOnlyOnceForEachFrame) {
  options_.limits.wall = 300ms;
  const std::string idle = R"(say {"type":"idle"})";
  EXPECT_EQ(ending(idle + "\n" + idle + "\nhang"), Ending::protocol);
  EXPECT_EQ(ending(idle + "\nhang\n"), Ending::wall) << "without a timer and a call it is never woken";
}

TEST_F(ScriptHostTest, AnIdleRunThatMakesRoomIsBusy) {
  options_.queue.max_idle = 1;
  ASSERT_TRUE(start());
  auto first = begin(R"(say {"type":"idle"})" + std::string("\nhang"));
  EXPECT_TRUE(loop_.until([&] { return host_->stats().idle == 1; }));
  auto second = begin(R"(say {"type":"idle"})" + std::string("\nhang"), other_guild);
  EXPECT_EQ(loop_.get(std::move(first)).ending, Ending::busy);
  EXPECT_EQ(host_->stats().idle, 1U);
  stop();
  EXPECT_EQ(loop_.get(std::move(second)).ending, Ending::stopped);
}

TEST_F(ScriptHostTest, QueuedRunsTakeTurns) {
  options_.queue.max_running = 1;
  options_.queue.max_running_per_guild = 1;
  ASSERT_TRUE(start());
  std::vector<net::Future<Outcome>> runs;
  for (int i = 0; i < 10; ++i) runs.push_back(begin(ended, base::GuildId{static_cast<std::uint64_t>(i % 3) + 1}));
  for (auto& each : runs) EXPECT_EQ(loop_.get(std::move(each)).ending, Ending::completed);
}

TEST_F(ScriptHostTest, ACancelledCallerEndsItsRun) {
  options_.limits.wall = 1h;
  ASSERT_TRUE(start());
  boost::asio::cancellation_signal signal;
  std::optional<Ending> ending;
  boost::asio::co_spawn(loop_.executor(), host_->run({guild, "log begun\nhang", {}, {}}, calls_),
                        boost::asio::bind_cancellation_slot(
                            signal.slot(), [&](std::exception_ptr, Outcome outcome) { ending = outcome.ending; }));
  ASSERT_TRUE(loop_.until([&] { return !calls_->lines.empty(); }));
  signal.emit(boost::asio::cancellation_type::terminal);
  ASSERT_TRUE(loop_.until([&] { return ending.has_value(); }));
  EXPECT_EQ(ending, Ending::stopped);
  EXPECT_TRUE(loop_.until([&] { return host_->stats().running == 0; })) << "its process is gone";
  EXPECT_EQ(host_->stats().hosts_started, 1U);
}

TEST_F(ScriptHostTest, AHostThatExitsIsRestartedAndItsRunsEnd) {
  ASSERT_TRUE(start());
  auto other = begin("hang", other_guild);
  EXPECT_EQ(run("parent " + std::to_string(SIGKILL) + "\nhang").ending, Ending::unavailable);
  EXPECT_EQ(loop_.get(std::move(other)).ending, Ending::unavailable);
  EXPECT_THAT(host_->reason_off(), HasSubstr("is not running: it exited"));
  EXPECT_EQ(run(ended).ending, Ending::completed) << "by the next one, which it waits for";
  EXPECT_EQ(host_->reason_off(), "");
  EXPECT_EQ(host_->stats().hosts_started, 2U);
  EXPECT_THAT(log_->text(), AllOf(HasSubstr("error: The script host"), HasSubstr("wait_ms=0")));
}

TEST_F(ScriptHostTest, AHostThatViolatesTheProtocolIsRestarted) {
  ASSERT_TRUE(start());
  EXPECT_EQ(run("parent " + std::to_string(SIGUSR2) + "\nhang").ending, Ending::unavailable);
  EXPECT_EQ(run(ended).ending, Ending::completed);
  EXPECT_THAT(log_->text(), HasSubstr("violated the protocol"));
}

TEST_F(ScriptHostTest, AHostThatDoesNotReportAnEndIsRestarted) {
  options_.timeouts.exit = 200ms;
  options_.timeouts.reap = 200ms;
  ASSERT_TRUE(start());
  EXPECT_EQ(run("parent " + std::to_string(SIGUSR1) + "\n" + ended).ending, Ending::completed) << "as the run reported";
  EXPECT_EQ(run(ended).ending, Ending::completed);
  EXPECT_EQ(host_->stats().hosts_started, 2U);
  EXPECT_THAT(log_->text(), HasSubstr("did not report the end of a run"));
}

TEST_F(ScriptHostTest, ARunWaitsForTheHostWithinItsMaximum) {
  options_.queue.max_wait = 50ms;
  start_as("again");
  ASSERT_TRUE(start());
  std::filesystem::remove(options_.program);
  EXPECT_EQ(run("parent " + std::to_string(SIGKILL) + "\nhang").ending, Ending::unavailable);
  EXPECT_EQ(run(ended).ending, Ending::unavailable);
  EXPECT_THAT(host_->reason_off(), HasSubstr("No such file"));
  std::filesystem::create_symlink(LYING_GUEST, options_.program);
  EXPECT_TRUE(loop_.until([&] { return host_->reason_off().empty(); })) << "it is restarted until it starts";
  EXPECT_EQ(run(ended).ending, Ending::completed);
}

TEST_F(ScriptHostTest, StopEndsRunningAndWaitingRuns) {
  options_.queue.max_running_per_guild = 1;
  ASSERT_TRUE(start());
  auto running = begin("log begun\nhang");
  auto waiting = begin("hang");
  ASSERT_TRUE(loop_.until([&] { return !calls_->lines.empty(); }));
  stop();
  for (auto* each : {&running, &waiting}) {
    ASSERT_EQ(each->wait_for(0s), std::future_status::ready) << "when stop returns";
    EXPECT_EQ(each->get().ending, Ending::stopped);
  }
  EXPECT_EQ(run(ended).ending, Ending::stopped);
}

TEST_F(ScriptHostTest, AHostThatDoesNotExitIsKilled) {
  start_as("stubborn");
  ASSERT_TRUE(start());
  EXPECT_NO_THROW(stop());
}

TEST_F(ScriptHostTest, DestroyingTheHostEndsEverything) {
  ASSERT_TRUE(start());
  auto running = begin("log begun\nhang");
  ASSERT_TRUE(loop_.until([&] { return !calls_->lines.empty(); }));
  host_.reset();
  EXPECT_EQ(loop_.get(std::move(running)).ending, Ending::stopped);
  EXPECT_TRUE(loop_.until([] {
    ::siginfo_t left{};
    return ::waitid(P_ALL, 0, &left, WEXITED | WNOHANG | WNOWAIT) == -1 && errno == ECHILD;
  }));
}

TEST_F(ScriptHostTest, NamesAProgramThatCannotBeStarted) {
  options_.program = "/nonexistent/guildhall-vm";
  EXPECT_EQ(reason_off(), "The script host /nonexistent/guildhall-vm cannot be started: No such file or directory.");
  options_.program = "/etc";
  EXPECT_THAT(reason_off(), HasSubstr("/etc cannot be started: Permission denied."));
}

TEST_F(ScriptHostTest, ScriptsAreOffIfTheProgramDoesNotBecomeReady) {
  start_as("dies");
  EXPECT_THAT(reason_off(), AllOf(HasSubstr(options_.program.string()), HasSubstr("it exited")));
  start_as("garbage");
  EXPECT_THAT(reason_off(), HasSubstr("violated the protocol"));
  start_as("never-ready");
  options_.timeouts.start = 50ms;
  EXPECT_THAT(reason_off(), HasSubstr("did not become ready in time"));
}

TEST_F(ScriptHostTest, ScriptsAreOffIfTheSandboxIsIncomplete) {
  start_as("lacks-3");
  EXPECT_THAT(reason_off(), AllOf(HasSubstr("namespaces"), HasSubstr("seccomp"), HasSubstr("SCRIPTS_UNSAFE=1")));
}

TEST_F(ScriptHostTest, UnsafeRunsScriptsInAnIncompleteSandbox) {
  start_as("lacks-2");
  options_.unsafe = true;
  ASSERT_TRUE(start());
  EXPECT_EQ(run(std::string("describe\n") + ended).ending, Ending::completed);
  EXPECT_THAT(calls_->lines, ElementsAre(HasSubstr("options,")));
  EXPECT_THAT(log_->text(), AllOf(HasSubstr("warn: "), HasSubstr("seccomp")));
}

TEST_F(ScriptHostTest, ClosesAllDescriptors) {
  ASSERT_TRUE(start());
  EXPECT_EQ(run(ended).ending, Ending::completed);
  const auto before = test_support::count_descriptors();
  std::vector<net::Future<Outcome>> runs;
  for (int i = 0; i < 20; ++i) {
    runs.push_back(begin(ended));
    runs.push_back(begin("exit 1", other_guild));
  }
  for (auto& each : runs) static_cast<void>(loop_.get(std::move(each)));
  EXPECT_EQ(test_support::count_descriptors(), before);
}

}  // namespace
}  // namespace guildhall::vm
