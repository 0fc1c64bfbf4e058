#include "bot/run/component_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/this_coro.hpp>

#include "bot/run/component_test_support.hpp"
#include "discord/model/snowflake.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::bot {
namespace {

using test_support::ended;
using test_support::Host;
using test_support::reply;
using test_support::response;
using test_support::say;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;
using vm::Ending;
using vm::Method;
using namespace std::chrono_literals;

class ComponentRunTest : public test_support::ComponentInteractionsTest {};

TEST_F(ComponentRunTest, AFailureAfterAReplyIsAFollowUp) {
  scripts_.next = [](vm::ScriptRun run, Host host) -> net::Task<vm::Outcome> {
    co_await reply(std::move(run), host);
    co_return ended(Ending::memory);
  };
  EXPECT_THAT(use_component(ids_.sign(claims(), "go")),
              ElementsAre(StartsWith("9 key {\"type\":4"),
                          R"(follow-up key {"content":"The script of this button used too much memory.",)"
                          R"("flags":64,"allowed_mentions":{"parse":[]}})"));
}

TEST_F(ComponentRunTest, AnInvalidMessageOfAScriptIsRefused) {
  scripts_.next = [](vm::ScriptRun, Host host) -> net::Task<vm::Outcome> {
    auto replying = say(host, Method::reply, {{"data", {{"content", 7}}}});
    const auto replied = co_await std::move(replying);
    co_return ended(Ending::exception, "Error", replied.error().message);
  };
  EXPECT_THAT(use_component(ids_.sign(claims(), "go")), SizeIs(1));
  EXPECT_TRUE(store_.records->has("reason=Invalid Form Body: /content: Must be a string, not a number."));
}

TEST_F(ComponentRunTest, DiscordsErrorsReachTheScript) {
  scripts_.next = [](vm::ScriptRun, Host host) -> net::Task<vm::Outcome> {
    auto replying = say(host, Method::reply, {{"data", {{"content", "x"}}}});
    const auto replied = co_await std::move(replying);
    co_return ended(Ending::exception, "DiscordAPIError", std::to_string(replied.error().peer_code));
  };
  discord_.interaction_refusals = {test_support::discord_error(base::Errc::refused, 50035)};
  EXPECT_THAT(use_component(ids_.sign(claims(), "go")), SizeIs(2)) << "the second one is the first response";
  EXPECT_TRUE(store_.records->has("exception=DiscordAPIError reason=50035"));
}

TEST_F(ComponentRunTest, AnInteractionThatCameTooLateIsNotAFailureOfTheScript) {
  int heard = 0;
  const auto subscription = events_.dispatch.subscribe([&](const auto&) { ++heard; });
  scripts_.next = &reply;
  for (const int code : {10062, 40060}) {
    discord_.interaction_refusals = {test_support::discord_error(base::Errc::refused, code)};
    EXPECT_THAT(use_component(ids_.sign(claims(), "go")), SizeIs(1));
  }
  EXPECT_EQ(count(ComponentOutcome::too_late), 2U);
  EXPECT_EQ(heard, 0);
  EXPECT_FALSE(store_.records->has("A script failed"));
}

/// Slow scripts.
class LateComponentRunTest : public test_support::ComponentInteractionsTest {
 protected:
  LateComponentRunTest() {
    ComponentOptions options;
    options.defer_after = 1ms;
    use(options);
  }
};

net::Task<> ignore_result(net::Task<vm::Outcome> task) { co_await std::move(task); }

/// Gives the deferral time to be sent.
net::Task<> wait(std::chrono::milliseconds time = 30ms) { return net::sleep_for(time); }

TEST_F(LateComponentRunTest, TheResponseIsDeferredInTime) {
  scripts_.next = [](vm::ScriptRun run, Host host) -> net::Task<vm::Outcome> {
    co_await wait();
    co_await reply(std::move(run), host);
    auto editing = say(host, Method::edit_reply, {{"data", {{"content", "changed"}}}});
    co_await std::move(editing);
    co_return vm::Outcome{};
  };
  EXPECT_THAT(
      use_component(ids_.sign(claims(), "go")),
      ElementsAre(R"(9 key {"type":6})", R"(follow-up key {"content":"clicked","allowed_mentions":{"parse":[]}})",
                  R"(edit 902 key {"content":"changed","allowed_mentions":{"parse":[]}})"));
  EXPECT_EQ(counters_.components_deferred, 1U);
}

TEST_F(LateComponentRunTest, ACallWaitsForADeferralInFlight) {
  scripts_.next = [](vm::ScriptRun run, Host host) -> net::Task<vm::Outcome> {
    co_await wait();
    co_return co_await reply(std::move(run), host);
  };
  discord_.hold();
  start_use(ids_.sign(claims(), "go"));
  loop_.run(wait(60ms));
  EXPECT_THAT(discord_.interactions, ElementsAre(R"(9 key {"type":6})"));
  discord_.release();
  loop_.run(components_->drain(10s));
  ASSERT_THAT(discord_.interactions, SizeIs(2));
  EXPECT_THAT(discord_.interactions[1], StartsWith("follow-up key"));
}

TEST_F(LateComponentRunTest, AFirstResponseInFlightIsNotDeferred) {
  scripts_.next = &reply;
  discord_.hold();
  start_use(ids_.sign(claims(), "go"));
  loop_.run(wait());
  discord_.release();
  loop_.run(components_->drain(10s));
  EXPECT_THAT(discord_.interactions, SizeIs(1));
}

TEST_F(LateComponentRunTest, AScriptLearnsOfAFailureBeforeTheDeferralIsSent) {
  std::size_t sent = 0;
  discord_.interaction_refusals = {base::Error{base::Errc::unavailable, "Discord cannot be reached."}};
  scripts_.next = [&](vm::ScriptRun, Host host) -> net::Task<vm::Outcome> {
    auto replying = say(host, Method::reply, {{"data", {{"content", "clicked"}}}});
    co_await std::move(replying);
    sent = discord_.interactions.size();
    co_return vm::Outcome{};
  };
  discord_.hold();
  start_use(ids_.sign(claims(), "go"));
  loop_.run(wait());
  discord_.release();
  loop_.run(components_->drain(10s));
  EXPECT_EQ(sent, 1U);
  ASSERT_THAT(discord_.interactions, SizeIs(2));
  EXPECT_EQ(discord_.interactions[1], R"(9 key {"type":6})");
}

TEST_F(LateComponentRunTest, CallsAfterTheEndAreRefused) {
  scripts_.next = [](vm::ScriptRun run, Host host) -> net::Task<vm::Outcome> {
    co_await wait();
    const auto executor = co_await boost::asio::this_coro::executor;
    net::spawn(executor, ignore_result(reply(std::move(run), host)));
    co_await wait();
    co_return ended(Ending::wall);
  };
  discord_.hold();
  start_use(ids_.sign(claims(), "go"));
  loop_.run(wait(150ms));
  discord_.release();
  loop_.run(components_->drain(10s));
  loop_.poll();
  EXPECT_THAT(discord_.interactions,
              ElementsAre(R"(9 key {"type":6})", StartsWith(R"(follow-up key {"content":"The script)")));
}

TEST_F(ComponentRunTest, ALateEventIsDeferredSooner) {
  ComponentOptions options;
  options.defer_after = 1h;
  use(options);
  scripts_.next = [](vm::ScriptRun run, Host host) -> net::Task<vm::Outcome> {
    co_await wait(200ms);
    co_return co_await reply(std::move(run), host);
  };
  const auto age = store_.test_database.clock.now() - 2190ms - discord::epoch;
  interaction_ = static_cast<std::uint64_t>(age.count()) << discord::snowflake_counter_bits;
  EXPECT_THAT(use_component(ids_.sign(claims(), "go")),
              ElementsAre(HasSubstr(R"({"type":6})"), StartsWith("follow-up key")));
}

TEST_F(LateComponentRunTest, AFailureIsReportedAfterTheDeferral) {
  scripts_.next = [](vm::ScriptRun, Host) -> net::Task<vm::Outcome> {
    co_await wait();
    co_return ended(Ending::wall);
  };
  EXPECT_THAT(use_component(ids_.sign(claims(), "go")),
              ElementsAre(R"(9 key {"type":6})", StartsWith(R"(follow-up key {"content":"The script)")));
}

}  // namespace
}  // namespace guildhall::bot
