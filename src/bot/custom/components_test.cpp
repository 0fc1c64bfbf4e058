#include "bot/custom/components.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "bot/fake_discord.hpp"
#include "bot/fake_scripts.hpp"
#include "bot/test_support.hpp"

namespace guildhall::bot {
namespace {

namespace json = boost::json;
using base::GuildId;
using base::UserId;
using discord::MessageId;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;
using vm::Ending;
using vm::Method;
using World = std::shared_ptr<vm::ScriptWorld>;
using namespace std::chrono_literals;

constexpr auto response = R"({"content":"x","components":[{"type":1,"components":[
    {"type":2,"style":1,"label":"Go","custom_id":"go"}]}]})";

class ComponentsTest : public ::testing::Test {
 protected:
  ComponentsTest() {
    store_.make_guild(guild_);
    command_ = make_command("hello", response, "script");
  }

  base::CommandId make_command(std::string trigger, std::string text, std::optional<std::string> script) {
    return testing::run(store_.commands.create(guild_, std::move(trigger), std::move(text), std::move(script)))
        .value()
        .id;
  }

  [[nodiscard]] ComponentClaims claims() const { return {guild_, command_, 1}; }

  /// Somebody uses a component of that id.
  void start_click(std::string custom_id, UserId user = UserId{6}) {
    json::object event{{"id", std::to_string(interaction_)},
                       {"application_id", "2"},
                       {"type", 3},
                       {"token", "key"},
                       {"guild_id", guild_.to_string()},
                       {"channel_id", "50"},
                       {"member", {{"user", {{"id", user.to_string()}}}}},
                       {"message", {{"id", "800"}, {"content", "x"}}},
                       {"data", {{"component_type", 2}, {"custom_id", custom_id}}}};
    components_->on_component(discord::parse_component_interaction(std::move(event)).value(), {7, ++sequence_});
  }

  /// The same, and what Discord heard until it was over.
  std::vector<std::string> click(std::string custom_id, UserId user = UserId{6}) {
    discord_.interactions.clear();
    start_click(std::move(custom_id), user);
    loop_.run(components_->finished(10s));
    return discord_.interactions;
  }

  /// What the person alone was told.
  std::string told(const std::vector<std::string>& requests) {
    if (requests.size() != 1) return "not one request";
    const auto callback = json::parse(requests[0].substr(requests[0].find('{'))).as_object();
    EXPECT_EQ(callback.at("type"), 4);
    EXPECT_EQ(callback.at("data").at("flags"), 64);
    return std::string(callback.at("data").at("content").as_string());
  }

  [[nodiscard]] std::uint64_t count(ComponentOutcome outcome) const {
    return counters_.read().components[static_cast<std::size_t>(outcome)];
  }

  void use(ComponentOptions options) {
    components_.emplace(Components::Parts{loop_.executor(), discord_, store_.commands, scripts_, ids_, calls_, events_,
                                          counters_, store_.surroundings.clock, base::Log(store_.logger, "script"),
                                          options});
  }

  testing::Store store_;
  testing::Loop loop_;
  const GuildId guild_{3000000000000000001};
  base::CommandId command_;
  std::uint64_t sequence_ = 0;
  std::uint64_t interaction_ = 9;
  testing::FakeDiscord discord_{loop_.executor()};
  testing::FakeScripts scripts_;
  base::EventBus events_;
  BotCounters counters_;
  const ComponentIds ids_{{base::Secret(std::string(32, 'k'))}};
  Calls calls_{store_.calls, store_.surroundings.clock, store_.log};
  std::optional<Components> components_{
      std::in_place, Components::Parts{loop_.executor(), discord_, store_.commands, scripts_, ids_, calls_, events_,
                                       counters_, store_.surroundings.clock, base::Log(store_.logger, "script")}};
};

vm::Outcome ended(Ending ending, std::string name = "", std::string message = "") {
  vm::Outcome outcome;
  outcome.ending = ending;
  outcome.name = std::move(name);
  outcome.message = std::move(message);
  return outcome;
}

net::Task<base::Result<json::value>> say(const World& world, Method method, json::object arguments) {
  auto calling = world->call({method, std::move(arguments)});
  co_return co_await std::move(calling);
}

net::Task<vm::Outcome> reply(vm::ScriptRun, World world) {
  auto replying = say(world, Method::reply, {{"data", {{"content", "clicked"}}}});
  const auto replied = co_await std::move(replying);
  co_return replied ? vm::Outcome{} : ended(Ending::exception, "Error", replied.error().message);
}

TEST_F(ComponentsTest, RunTheScriptOfTheirCommand) {
  scripts_.next = &reply;
  EXPECT_THAT(click(ids_.sign(claims(), "go")),
              ElementsAre(R"(9 key {"type":4,"data":{"content":"clicked","allowed_mentions":{"parse":[]}}})"));
  ASSERT_THAT(scripts_.runs, SizeIs(1));
  const auto& run = scripts_.runs[0];
  EXPECT_EQ(run.guild, guild_);
  EXPECT_EQ(run.script, "script");
  EXPECT_EQ(run.interaction.at("data").at("custom_id"), "go");
  EXPECT_FALSE(run.interaction.contains("token"));
  EXPECT_THAT(run.args, IsEmpty());
  EXPECT_EQ(count(ComponentOutcome::completed), 1U);
}

TEST_F(ComponentsTest, ScriptsGetTheArgumentsOfTheCommand) {
  calls_.keep({MessageId{900}, command_, UserId{6}, {"one", "two"}});
  auto called = claims();
  called.call = MessageId{900};
  click(ids_.sign(called, "go"));
  EXPECT_THAT(scripts_.runs.at(0).args, ElementsAre("one", "two"));
}

TEST_F(ComponentsTest, ScriptsThatSayNothingAreAcknowledged) {
  EXPECT_THAT(click(ids_.sign(claims(), "go")), ElementsAre(R"(9 key {"type":6})"));
}

TEST_F(ComponentsTest, OneThatIsFoundByItsHashGoesOnWhileTheCommandHasIt) {
  const std::string longest(100, 'x');
  const auto id = ids_.sign(claims(), longest);
  EXPECT_THAT(told(click(id)), HasSubstr("does not have this button any more"));
  EXPECT_EQ(count(ComponentOutcome::outdated), 1U);
  const auto has_it = json::serialize(json::value(
      {{"content", "x"},
       {"components",
        json::array{json::object{
            {"type", 1},
            {"components",
             json::array{json::object{{"type", 2}, {"style", 1}, {"label", "Go"}, {"custom_id", longest}}}}}}}}));
  ASSERT_TRUE(testing::run(store_.commands.update(guild_, command_, {{}, has_it, {}}, {})));
  click(id);
  EXPECT_EQ(scripts_.runs.at(0).interaction.at("data").at("custom_id").as_string(), longest);
}

TEST_F(ComponentsTest, AnEditedCommandRunsItsNewScript) {
  ASSERT_TRUE(testing::run(store_.commands.update(guild_, command_, {{}, {}, std::optional<std::string>("new")}, {})));
  click(ids_.sign(claims(), "go"));
  EXPECT_EQ(scripts_.runs.at(0).script, "new");
}

TEST_F(ComponentsTest, WhatCannotRunIsSaidPolitely) {
  EXPECT_EQ(told(click("7:go")), "The bot does not know this button.");
  EXPECT_EQ(told(click(ids_.sign({GuildId{1}, command_, 1}, "go"))), "The bot does not know this button.");
  EXPECT_EQ(told(click(ids_.sign({guild_, base::CommandId{99}, 1}, "go"))),
            "The command of this button has been deleted.");
  const auto silent = make_command("silent", response, {});
  EXPECT_EQ(told(click(ids_.sign({guild_, silent, 1}, "go"))), "The command of this button has nothing to run.");
  EXPECT_THAT(scripts_.runs, IsEmpty());
  EXPECT_EQ(count(ComponentOutcome::unknown_id), 2U);
  EXPECT_EQ(count(ComponentOutcome::unknown_command), 1U);
  EXPECT_EQ(count(ComponentOutcome::no_script), 1U);
}

TEST_F(ComponentsTest, SomeAreForTheCallerAlone) {
  auto mine = claims();
  mine.caller = UserId{6};
  EXPECT_EQ(told(click(ids_.sign(mine, "go"), UserId{7})), "Only the person who used the command may use this button.");
  EXPECT_THAT(scripts_.runs, IsEmpty());
  click(ids_.sign(mine, "go"), UserId{6});
  EXPECT_THAT(scripts_.runs, SizeIs(1));
}

TEST_F(ComponentsTest, SomeExpire) {
  auto brief = claims();
  brief.expires = std::chrono::floor<std::chrono::seconds>(store_.surroundings.clock.now()) + 60s;
  const auto id = ids_.sign(brief, "go");
  store_.surroundings.clock.advance(59s);
  click(id);
  EXPECT_THAT(scripts_.runs, SizeIs(1));
  store_.surroundings.clock.advance(1s);
  EXPECT_EQ(told(click(id)), "This button has expired. Use the command again.");
  EXPECT_THAT(scripts_.runs, SizeIs(1));
}

TEST_F(ComponentsTest, OnePersonGetsOnlySoMany) {
  ComponentOptions options;
  options.per_person = {2, 1h};
  use(options);
  for (int i = 0; i < 2; ++i) click(ids_.sign(claims(), "go"));
  EXPECT_THAT(told(click(ids_.sign(claims(), "go"))), HasSubstr("a bit quick"));
  click(ids_.sign(claims(), "go"), UserId{7});
  EXPECT_THAT(scripts_.runs, SizeIs(3));
  EXPECT_EQ(count(ComponentOutcome::cooled_down), 1U);
}

TEST_F(ComponentsTest, MoreThanCanBeAtOnceAreDropped) {
  ComponentOptions options;
  options.at_once = 1;
  use(options);
  discord_.hold();
  start_click(ids_.sign(claims(), "go"));
  start_click(ids_.sign(claims(), "go"));
  discord_.release();
  loop_.run(components_->finished(10s));
  EXPECT_THAT(scripts_.runs, SizeIs(1));
  EXPECT_EQ(count(ComponentOutcome::dropped), 1U);
}

TEST_F(ComponentsTest, ADatabaseThatIsAwayIsTold) {
  store_.database->close();
  EXPECT_THAT(told(click(ids_.sign(claims(), "go"))), HasSubstr("database is away"));
}

TEST_F(ComponentsTest, ARunThatEndsBadlyIsToldLoggedAndPublished) {
  std::vector<base::GatewayDispatch> heard;
  const auto subscription = events_.dispatch.subscribe([&](const auto& event) { heard.push_back(*event); });
  scripts_.next = [](vm::ScriptRun, World world) -> net::Task<vm::Outcome> {
    world->console(vm::ConsoleLevel::warn, "careful");
    auto outcome = ended(Ending::exception, "TypeError", std::string(400, 'm'));
    outcome.place = vm::Place{3, 14};
    outcome.stack = "run@3:14";
    outcome.cpu = 1500us;
    co_return outcome;
  };
  EXPECT_EQ(told(click(ids_.sign(claims(), "go"))),
            "The script of this button ended with an error: `TypeError` in line 3.");
  EXPECT_TRUE(store_.records->has(
      "script: A script ended badly guild=3000000000000000001 command=" + command_.to_string() +
      " revision=1 trigger=hello ending=exception exception=TypeError reason=" + std::string(300, 'm') +
      " line=3 column=14 stack=run@3:14"));
  EXPECT_TRUE(store_.records->has("level=warn text=careful"));
  ASSERT_THAT(heard, SizeIs(1));
  EXPECT_EQ(heard[0].name, "SCRIPT_RUN");
  EXPECT_EQ(heard[0].guild, guild_);
  const auto data = json::parse(heard[0].data);
  EXPECT_EQ(data.at("customId"), "go");
  EXPECT_EQ(data.at("userId"), "6");
  EXPECT_EQ(data.at("error").at("line"), 3);
  EXPECT_EQ(json::serialize(data.at("console")), R"([{"level":"warn","text":"careful"}])");
  EXPECT_EQ(data.at("cpuMs"), 1.5);
  EXPECT_EQ(count(ComponentOutcome::script_failed), 1U);
}

TEST_F(ComponentsTest, ARunOfWhichThereIsNothingToTellIsNotPublished) {
  int heard = 0;
  const auto subscription = events_.dispatch.subscribe([&](const auto&) { ++heard; });
  click(ids_.sign(claims(), "go"));
  EXPECT_EQ(heard, 0);
}

TEST_F(ComponentsTest, AFailureAfterAnAnswerIsAFollowUp) {
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

TEST_F(ComponentsTest, BusyAndOffAreNoFaultOfTheScript) {
  scripts_.next = [](vm::ScriptRun, World) -> net::Task<vm::Outcome> { co_return ended(Ending::busy); };
  EXPECT_THAT(told(click(ids_.sign(claims(), "go"))), HasSubstr("Too much is going on"));
  scripts_.next = [](vm::ScriptRun, World) -> net::Task<vm::Outcome> { co_return ended(Ending::unavailable); };
  EXPECT_THAT(told(click(ids_.sign(claims(), "go"))), HasSubstr("cannot run scripts just now"));
  EXPECT_EQ(count(ComponentOutcome::busy), 1U);
  EXPECT_EQ(count(ComponentOutcome::scripts_off), 1U);
}

TEST_F(ComponentsTest, AClickIsUnansweredUntilDiscordHasTakenAResponse) {
  scripts_.next = &reply;
  discord_.hold();
  start_click(ids_.sign(claims(), "go"));
  ASSERT_TRUE(loop_.until([&] { return discord_.interactions.size() == 1; }));
  EXPECT_EQ(components_->first_unanswered(7), 1U);
  EXPECT_EQ(components_->first_unanswered(6), std::nullopt);
  discord_.release();
  loop_.run(components_->finished(10s));
  EXPECT_EQ(components_->first_unanswered(7), std::nullopt);
  EXPECT_EQ(counters_.read().components_running, 0U);
}

TEST_F(ComponentsTest, AScriptMayNotSayWhatDiscordWouldNotTake) {
  scripts_.next = [](vm::ScriptRun, World world) -> net::Task<vm::Outcome> {
    auto replying = say(world, Method::reply, {{"data", {{"content", 7}}}});
    const auto replied = co_await std::move(replying);
    co_return ended(Ending::exception, "Error", replied.error().message);
  };
  EXPECT_THAT(click(ids_.sign(claims(), "go")), SizeIs(1));
  EXPECT_TRUE(store_.records->has("reason=Invalid Form Body: /content: Must be a string, not a number."));
}

TEST_F(ComponentsTest, DiscordsErrorsReachTheScript) {
  scripts_.next = [](vm::ScriptRun, World world) -> net::Task<vm::Outcome> {
    auto replying = say(world, Method::reply, {{"data", {{"content", "x"}}}});
    const auto replied = co_await std::move(replying);
    co_return ended(Ending::exception, "DiscordAPIError", std::to_string(replied.error().peer_code));
  };
  discord_.interaction_refusals = {testing::discord_error(base::Errc::refused, 50035)};
  EXPECT_THAT(click(ids_.sign(claims(), "go")), SizeIs(2)) << "the second is the first response";
  EXPECT_TRUE(store_.records->has("exception=DiscordAPIError reason=50035"));
}

TEST_F(ComponentsTest, WhatDiscordTakesNoAnswerToIsNoFaultOfTheScript) {
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
class LateComponentsTest : public ComponentsTest {
 protected:
  LateComponentsTest() {
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

TEST_F(LateComponentsTest, DiscordIsToldInTimeThatTheAnswerFollows) {
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

TEST_F(LateComponentsTest, WhatTheScriptSaysWaitsForTheDeferralThatIsOnItsWay) {
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

TEST_F(LateComponentsTest, AFirstResponseThatIsOnItsWayIsNotDeferred) {
  scripts_.next = &reply;
  discord_.hold();
  start_click(ids_.sign(claims(), "go"));
  loop_.run(wait());
  discord_.release();
  loop_.run(components_->finished(10s));
  EXPECT_THAT(discord_.interactions, SizeIs(1));
}

TEST_F(LateComponentsTest, AScriptThatHasEndedSaysNothingMore) {
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
  loop_.turn();
  EXPECT_THAT(discord_.interactions,
              ElementsAre(R"(9 key {"type":6})", StartsWith(R"(follow-up key {"content":"The script)")));
}

TEST_F(ComponentsTest, WhatCameLateIsDeferredSooner) {
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
  const auto clicked = store_.surroundings.clock.now() - 2190ms;
  interaction_ = (static_cast<std::uint64_t>(clicked.time_since_epoch().count()) - discord_epoch) << 22U;
  EXPECT_THAT(click(ids_.sign(claims(), "go")), ElementsAre(HasSubstr(R"({"type":6})"), StartsWith("follow-up key")));
}

TEST_F(LateComponentsTest, AnEndIsToldBehindTheDeferral) {
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
