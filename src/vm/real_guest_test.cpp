// Scripts in the real guildhall-vm.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <optional>

#include "vm/script_host.hpp"
#include "vm/test_interaction.hpp"
#include "vm/test_support.hpp"

namespace guildhall::vm {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr base::GuildId guild_id{41};

class RealGuestTest : public ::testing::Test {
 protected:
  RealGuestTest() {
    logger_.attach(log_);
    options_.program = GUILDHALL_VM;
    options_.unsafe = true;  // The tests may run in a container without namespaces.
    // Generous, because other tests run at the same time.
    options_.limits.cpu = 300ms;
    options_.limits.wall = 10s;
  }
  ~RealGuestTest() override {
    if (host_) loop_.run(host_->stop());
  }

  void start() {
    host_.emplace(loop_.executor(), options_, base::Log(logger_, "vm"));
    const auto started = loop_.run(host_->start());
    ASSERT_TRUE(started) << started.error().message;
  }
  net::Future<Outcome> begin(const std::string& script) {
    return loop_.start(host_->run({guild_id, script, an_interaction(), {"one", "two"}}, calls_));
  }
  Outcome run(const std::string& script) { return loop_.get(begin(script)); }

  test::TestLoop loop_;
  std::shared_ptr<test::LogCapture> log_ = std::make_shared<test::LogCapture>();
  base::SystemClock clock_;
  base::Logger logger_{clock_, base::LogLevel::debug};
  std::shared_ptr<test_support::FakeCalls> calls_ = std::make_shared<test_support::FakeCalls>();
  ScriptHostOptions options_;
  std::optional<ScriptHost> host_;
};

TEST_F(RealGuestTest, AScriptAnswersAnInteraction) {
  start();
  const auto outcome = run("console.log(args.join('+'), interaction.customId); await interaction.reply('hello');");
  EXPECT_EQ(outcome.ending, Ending::completed) << outcome.message << "\n" << log_->text();
  EXPECT_GT(outcome.cpu, 0us);
  EXPECT_THAT(calls_->lines, ElementsAre("log: one+two go"));
  ASSERT_EQ(calls_->calls.size(), 1U);
  EXPECT_EQ(calls_->calls.front().method, Method::reply);
  EXPECT_EQ(calls_->calls.front().arguments.at("data").at("content"), "hello");
}

TEST_F(RealGuestTest, ACallThatIsNotAwaitedIsCarriedOut) {
  start();
  calls_->delay = 20ms;
  EXPECT_EQ(run("interaction.deferReply(); interaction.client;").ending, Ending::completed);
  EXPECT_EQ(calls_->calls.size(), 1U);
}

TEST_F(RealGuestTest, MicrotasksRunAfterTheCurrentTask) {
  start();
  EXPECT_EQ(run("queueMicrotask(() => console.log('microtask')); console.log('task');").ending, Ending::completed);
  EXPECT_THAT(calls_->lines, ElementsAre("log: task", "log: microtask"));
}

TEST_F(RealGuestTest, CallsBeforeAnExceptionAreCarriedOut) {
  start();
  calls_->delay = 20ms;
  const auto outcome = run("interaction.deferReply(); null.x;");
  EXPECT_EQ(outcome.ending, Ending::exception);
  EXPECT_EQ(outcome.name, "TypeError");
  EXPECT_EQ(calls_->calls.size(), 1U);
  EXPECT_GE(outcome.wall, 20ms);
}

TEST_F(RealGuestTest, CallsBeforeAnExceptionEndAtTheWallLimit) {
  options_.limits.wall = 500ms;
  start();
  calls_->delay = 10s;
  const auto outcome = run("interaction.deferReply(); null.x;");
  EXPECT_EQ(outcome.ending, Ending::exception);
  EXPECT_EQ(calls_->calls.size(), 1U);
}

TEST_F(RealGuestTest, LoneSurrogatesDoNotViolateTheProtocol) {
  start();
  EXPECT_EQ(run(R"(console.log("a\ud800b"); await interaction.reply({content: "\udfff"});)").ending, Ending::completed);
  EXPECT_EQ(calls_->calls.size(), 1U);
}

TEST_F(RealGuestTest, AnExceptionHasAPosition) {
  start();
  const auto outcome = run("const a = 1;\nnull.x;");
  EXPECT_EQ(outcome.ending, Ending::exception);
  EXPECT_EQ(outcome.name, "TypeError");
  ASSERT_TRUE(outcome.position);
  EXPECT_EQ(outcome.position->line, 2U);
}

TEST_F(RealGuestTest, AScriptCanCatchDiscordsErrors) {
  start();
  calls_->answer = base::Error{base::Errc::refused, "Invalid Form Body", {}, {}, 50035};
  EXPECT_EQ(run("try { await interaction.reply('x') } catch (e) { console.log(e.code, e.message) }").ending,
            Ending::completed);
  EXPECT_THAT(calls_->lines, ElementsAre(HasSubstr("50035 Invalid Form Body")));
}

TEST_F(RealGuestTest, EveryLimitEndsARun) {
  options_.limits.cpu = 1s;    // Touching 64 MB takes much of it on a busy machine,
  options_.limits.wall = 60s;  // and a low priority takes long.
  start();
  calls_->answer = boost::json::value{{"id", "8"}};
  EXPECT_EQ(run("for (;;);").ending, Ending::cpu);
  EXPECT_EQ(run("const a = []; for (;;) a.push(new Uint8Array(1 << 20).fill(1));").ending, Ending::memory);
  EXPECT_EQ(run("await interaction.reply('x'); for (;;) await interaction.followUp('x');").ending, Ending::calls);
  EXPECT_EQ(calls_->calls.size(), options_.limits.calls);
  EXPECT_EQ(host_->stats().hosts_started, 1U);
}

TEST_F(RealGuestTest, TheWallLimitEndsARunThatWaits) {
  options_.limits.wall = 300ms;
  start();
  EXPECT_EQ(run("await new Promise(() => { setInterval(() => {}, 1000) })").ending, Ending::wall);
}

TEST_F(RealGuestTest, ACheckReportsWhereAScriptDoesNotParse) {
  start();
  EXPECT_EQ(loop_.run(host_->check(guild_id, "await interaction.reply('x')")).ending, Ending::completed);
  const auto outcome = loop_.run(host_->check(guild_id, "let a = 1;\nlet a = ;"));
  EXPECT_EQ(outcome.ending, Ending::syntax);
  ASSERT_TRUE(outcome.position);
  EXPECT_EQ(outcome.position->line, 2U);
}

TEST_F(RealGuestTest, FiveHundredRunsCloseAllDescriptors) {
  options_.queue.max_running_per_guild = 4;
  options_.queue.max_waiting_per_guild = 100;
  options_.queue.max_wait = 30s;
  start();
  EXPECT_EQ(run("await interaction.reply('x')").ending, Ending::completed);
  const auto descriptors = test_support::count_descriptors();
  for (int batch = 0; batch < 10; ++batch) {
    std::vector<net::Future<Outcome>> runs;
    for (int i = 0; i < 50; ++i) runs.push_back(begin(i % 5 == 0 ? "throw 1" : "await interaction.reply('x')"));
    for (std::size_t i = 0; i < runs.size(); ++i) {
      EXPECT_EQ(loop_.get(std::move(runs[i])).ending, i % 5 == 0 ? Ending::exception : Ending::completed);
    }
  }
  EXPECT_EQ(test_support::count_descriptors(), descriptors);
  EXPECT_EQ(host_->stats().hosts_started, 1U);
}

}  // namespace
}  // namespace guildhall::vm
