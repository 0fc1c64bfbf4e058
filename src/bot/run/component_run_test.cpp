#include "bot/run/component_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/run/component_test_support.hpp"

namespace guildhall::bot {
namespace {

using ::testing::ElementsAre;
using testing::ended;
using ::testing::HasSubstr;
using testing::reply;
using testing::response;
using testing::say;
using ::testing::SizeIs;
using ::testing::StartsWith;
using testing::World;
using vm::Ending;
using vm::Method;
using namespace std::chrono_literals;

class ComponentRunTest : public testing::ComponentsTest {};

TEST_F(ComponentRunTest, AFailureAfterAnAnswerIsAFollowUp) {
  scripts_.next = [](vm::ScriptRun run, World world) -> net::Task<vm::Outcome> {
    auto replying = reply(std::move(run), world);
    co_await std::move(replying);
    co_return ended(Ending::memory);
  };
  EXPECT_THAT(click(ids_.sign(claims(), "go")),
              ElementsAre(StartsWith("9 key {\"type\":4"),
                          R"(follow-up key {"content":"The script of this button took more memory than allowed.",)"
                          R"("flags":64,"allowed_mentions":{"parse":[]}})"));
}

TEST_F(ComponentRunTest, AScriptMayNotSayWhatDiscordWouldNotTake) {
  scripts_.next = [](vm::ScriptRun, World world) -> net::Task<vm::Outcome> {
    auto replying = say(world, Method::reply, {{"data", {{"content", 7}}}});
    const auto replied = co_await std::move(replying);
    co_return ended(Ending::exception, "Error", replied.error().message);
  };
  EXPECT_THAT(click(ids_.sign(claims(), "go")), SizeIs(1));
  EXPECT_TRUE(store_.records->has("reason=Invalid Form Body: /content: Must be a string, not a number."));
}

TEST_F(ComponentRunTest, DiscordsErrorsReachTheScript) {
  scripts_.next = [](vm::ScriptRun, World world) -> net::Task<vm::Outcome> {
    auto replying = say(world, Method::reply, {{"data", {{"content", "x"}}}});
    const auto replied = co_await std::move(replying);
    co_return ended(Ending::exception, "DiscordAPIError", std::to_string(replied.error().peer_code));
  };
  discord_.interaction_refusals = {testing::discord_error(base::Errc::refused, 50035)};
  EXPECT_THAT(click(ids_.sign(claims(), "go")), SizeIs(2)) << "the second is the first response";
  EXPECT_TRUE(store_.records->has("exception=DiscordAPIError reason=50035"));
}

TEST_F(ComponentRunTest, WhatDiscordTakesNoAnswerToIsNoFaultOfTheScript) {
  int heard = 0;
  const auto subscription = events_.dispatch.subscribe([&](const auto&) { ++heard; });
  scripts_.next = &reply;
  for (const int code : {10062, 40060}) {
    discord_.interaction_refusals = {testing::discord_error(base::Errc::refused, code)};
    EXPECT_THAT(click(ids_.sign(claims(), "go")), SizeIs(1));
  }
  EXPECT_EQ(count(ComponentOutcome::too_late), 2U);
  EXPECT_EQ(heard, 0);
  EXPECT_FALSE(store_.records->has("ended badly"));
}

/// Scripts that take their time.
class LateComponentRunTest : public testing::ComponentsTest {
 protected:
  LateComponentRunTest() {
    ComponentOptions options;
    options.defer_after = 1ms;
    use(options);
  }
};

/// Waits until Discord was told that the answer follows.
net::Task<> wait(std::chrono::milliseconds time = 30ms) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

TEST_F(LateComponentRunTest, DiscordIsToldInTimeThatTheAnswerFollows) {
  scripts_.next = [](vm::ScriptRun run, World world) -> net::Task<vm::Outcome> {
    auto waiting = wait();
    co_await std::move(waiting);
    auto replying = reply(std::move(run), world);
    co_await std::move(replying);
    auto editing = say(world, Method::edit_reply, {{"data", {{"content", "changed"}}}});
    co_await std::move(editing);
    co_return vm::Outcome{};
  };
  EXPECT_THAT(
      click(ids_.sign(claims(), "go")),
      ElementsAre(R"(9 key {"type":6})", R"(follow-up key {"content":"clicked","allowed_mentions":{"parse":[]}})",
                  R"(edit 902 key {"content":"changed","allowed_mentions":{"parse":[]}})"));
  EXPECT_EQ(counters_.read().components_deferred, 1U);
}

TEST_F(LateComponentRunTest, WhatTheScriptSaysWaitsForTheDeferralThatIsOnItsWay) {
  scripts_.next = [](vm::ScriptRun run, World world) -> net::Task<vm::Outcome> {
    auto waiting = wait();
    co_await std::move(waiting);
    auto replying = reply(std::move(run), world);
    co_return co_await std::move(replying);
  };
  discord_.hold();
  start_click(ids_.sign(claims(), "go"));
  loop_.run(wait(60ms));
  EXPECT_THAT(discord_.interactions, ElementsAre(R"(9 key {"type":6})"));
  discord_.release();
  loop_.run(components_->finished(10s));
  ASSERT_THAT(discord_.interactions, SizeIs(2));
  EXPECT_THAT(discord_.interactions[1], StartsWith("follow-up key"));
}

TEST_F(LateComponentRunTest, AFirstResponseThatIsOnItsWayIsNotDeferred) {
  scripts_.next = &reply;
  discord_.hold();
  start_click(ids_.sign(claims(), "go"));
  loop_.run(wait());
  discord_.release();
  loop_.run(components_->finished(10s));
  EXPECT_THAT(discord_.interactions, SizeIs(1));
}

TEST_F(LateComponentRunTest, AScriptThatHasEndedSaysNothingMore) {
  scripts_.next = [](vm::ScriptRun run, World world) -> net::Task<vm::Outcome> {
    auto waiting = wait();
    co_await std::move(waiting);
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::co_spawn(executor, reply(std::move(run), world), boost::asio::detached);
    auto waiting_again = wait();
    co_await std::move(waiting_again);
    co_return ended(Ending::wall);
  };
  discord_.hold();
  start_click(ids_.sign(claims(), "go"));
  loop_.run(wait(150ms));
  discord_.release();
  loop_.run(components_->finished(10s));
  loop_.poll();
  EXPECT_THAT(discord_.interactions,
              ElementsAre(R"(9 key {"type":6})", StartsWith(R"(follow-up key {"content":"The script)")));
}

TEST_F(ComponentRunTest, WhatCameLateIsDeferredSooner) {
  ComponentOptions options;
  options.defer_after = 1h;
  use(options);
  scripts_.next = [](vm::ScriptRun run, World world) -> net::Task<vm::Outcome> {
    auto waiting = wait(200ms);
    co_await std::move(waiting);
    auto replying = reply(std::move(run), world);
    co_return co_await std::move(replying);
  };
  constexpr std::uint64_t discord_epoch = 1'420'070'400'000;
  const auto clicked = store_.test_database.clock.now() - 2190ms;
  interaction_ = (static_cast<std::uint64_t>(clicked.time_since_epoch().count()) - discord_epoch) << 22U;
  EXPECT_THAT(click(ids_.sign(claims(), "go")), ElementsAre(HasSubstr(R"({"type":6})"), StartsWith("follow-up key")));
}

TEST_F(LateComponentRunTest, AnEndIsToldBehindTheDeferral) {
  scripts_.next = [](vm::ScriptRun, World) -> net::Task<vm::Outcome> {
    auto waiting = wait();
    co_await std::move(waiting);
    co_return ended(Ending::wall);
  };
  EXPECT_THAT(click(ids_.sign(claims(), "go")),
              ElementsAre(R"(9 key {"type":6})", StartsWith(R"(follow-up key {"content":"The script)")));
}

}  // namespace
}  // namespace guildhall::bot
