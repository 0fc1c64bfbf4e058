#include "bot/run/component_interactions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/run/component_test_support.hpp"

namespace guildhall::bot {
namespace {

namespace json = boost::json;
using base::GuildId;
using base::UserId;
using test_support::ended;
using test_support::Host;
using test_support::reply;
using test_support::response;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using vm::Ending;
using namespace std::chrono_literals;

class ComponentInteractionsTest : public test_support::ComponentInteractionsTest {};

TEST_F(ComponentInteractionsTest, RunTheScriptOfTheCommand) {
  scripts_.next = &reply;
  EXPECT_THAT(use_component(ids_.sign(claims(), "go")),
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

TEST_F(ComponentInteractionsTest, ScriptsGetTheArgumentsOfTheCommand) {
  invocations_.keep({InvocationId{900}, command_, UserId{6}, {"one", "two"}});
  auto called = claims();
  called.invocation = InvocationId{900};
  use_component(ids_.sign(called, "go"));
  EXPECT_THAT(scripts_.runs.at(0).args, ElementsAre("one", "two"));
}

TEST_F(ComponentInteractionsTest, ASilentScriptIsAcknowledged) {
  EXPECT_THAT(use_component(ids_.sign(claims(), "go")), ElementsAre(R"(9 key {"type":6})"));
}

TEST_F(ComponentInteractionsTest, AHashedIdWorksWhileTheCommandHasIt) {
  const std::string longest(100, 'x');
  const auto id = ids_.sign(claims(), longest);
  EXPECT_THAT(ephemeral_text(use_component(id)), HasSubstr("no longer has this button"));
  EXPECT_EQ(count(ComponentOutcome::outdated), 1U);
  const auto has_it = json::serialize(json::value(
      {{"content", "x"},
       {"components",
        json::array{json::object{
            {"type", 1},
            {"components",
             json::array{json::object{{"type", 2}, {"style", 1}, {"label", "Go"}, {"custom_id", longest}}}}}}}}));
  ASSERT_TRUE(
      test::run(store_.commands.update(guild_, command_, {{}, has_it, {}}, {}, database::test_support::unruled)));
  use_component(id);
  EXPECT_EQ(scripts_.runs.at(0).interaction.at("data").at("custom_id").as_string(), longest);
}

TEST_F(ComponentInteractionsTest, AnEditedCommandRunsItsNewScript) {
  ASSERT_TRUE(test::run(store_.commands.update(guild_, command_, {{}, {}, std::optional<std::string>("new")}, {},
                                               database::test_support::unruled)));
  use_component(ids_.sign(claims(), "go"));
  EXPECT_EQ(scripts_.runs.at(0).script, "new");
}

TEST_F(ComponentInteractionsTest, ReportWhyNothingRuns) {
  EXPECT_EQ(ephemeral_text(use_component("7:go")), "The bot does not know this button.");
  EXPECT_EQ(ephemeral_text(use_component(ids_.sign({GuildId{1}, command_, 1}, "go"))),
            "The bot does not know this button.");
  EXPECT_EQ(ephemeral_text(use_component(ids_.sign({guild_, base::CommandId{99}, 1}, "go"))),
            "The command of this button has been deleted.");
  const auto silent = make_command("silent", response, {});
  EXPECT_EQ(ephemeral_text(use_component(ids_.sign({guild_, silent, 1}, "go"))),
            "The command of this button has no script to run.");
  EXPECT_THAT(scripts_.runs, IsEmpty());
  EXPECT_EQ(count(ComponentOutcome::unknown_id), 2U);
  EXPECT_EQ(count(ComponentOutcome::unknown_command), 1U);
  EXPECT_EQ(count(ComponentOutcome::no_script), 1U);
}

TEST_F(ComponentInteractionsTest, NothingRunsWhileTheCommandIsSwitchedOff) {
  const auto set_enabled = [&](bool enabled) {
    const auto changed =
        test::run(store_.commands.update(guild_, command_, {.enabled = enabled}, {}, database::test_support::unruled));
    ASSERT_TRUE(changed);
  };
  set_enabled(false);
  EXPECT_EQ(ephemeral_text(use_component(ids_.sign(claims(), "go"))), "The command of this button is switched off.");
  EXPECT_THAT(scripts_.runs, IsEmpty());
  EXPECT_EQ(count(ComponentOutcome::disabled), 1U);
  set_enabled(true);
  use_component(ids_.sign(claims(), "go"));
  EXPECT_THAT(scripts_.runs, SizeIs(1)) << "old messages work again";
}

TEST_F(ComponentInteractionsTest, MayBeForTheCallerAlone) {
  auto mine = claims();
  mine.caller = UserId{6};
  EXPECT_EQ(ephemeral_text(use_component(ids_.sign(mine, "go"), UserId{7})),
            "Only the person who used the command can use this button.");
  EXPECT_THAT(scripts_.runs, IsEmpty());
  use_component(ids_.sign(mine, "go"), UserId{6});
  EXPECT_THAT(scripts_.runs, SizeIs(1));
}

TEST_F(ComponentInteractionsTest, MayExpire) {
  auto brief = claims();
  brief.expires = std::chrono::floor<std::chrono::seconds>(store_.test_database.clock.now()) + 60s;
  const auto id = ids_.sign(brief, "go");
  store_.test_database.clock.advance(59s);
  use_component(id);
  EXPECT_THAT(scripts_.runs, SizeIs(1));
  store_.test_database.clock.advance(1s);
  EXPECT_EQ(ephemeral_text(use_component(id)), "This button has expired. Use the command again.");
  EXPECT_THAT(scripts_.runs, SizeIs(1));
}

TEST_F(ComponentInteractionsTest, LimitTheUsesOfAUser) {
  ComponentOptions options;
  options.per_user = {2, 1h};
  use(options);
  for (int i = 0; i < 2; ++i) use_component(ids_.sign(claims(), "go"));
  EXPECT_THAT(ephemeral_text(use_component(ids_.sign(claims(), "go"))), HasSubstr("too often"));
  use_component(ids_.sign(claims(), "go"), UserId{7});
  EXPECT_THAT(scripts_.runs, SizeIs(3));
  EXPECT_EQ(count(ComponentOutcome::cooled_down), 1U);
}

TEST_F(ComponentInteractionsTest, LimitWhatIsInFlight) {
  ComponentOptions options;
  options.max_in_flight = 1;
  use(options);
  discord_.hold();
  start_use(ids_.sign(claims(), "go"));
  start_use(ids_.sign(claims(), "go"));
  discord_.release();
  loop_.run(components_->drain(10s));
  EXPECT_THAT(scripts_.runs, SizeIs(1));
  EXPECT_EQ(count(ComponentOutcome::dropped), 1U);
}

TEST_F(ComponentInteractionsTest, ReportAnUnavailableDatabase) {
  store_.database->close();
  EXPECT_THAT(ephemeral_text(use_component(ids_.sign(claims(), "go"))), HasSubstr("database is not available"));
}

TEST_F(ComponentInteractionsTest, AFailedRunIsReportedLoggedAndPublished) {
  std::vector<base::GatewayDispatch> heard;
  const auto subscription = events_.dispatch.subscribe([&](const auto& event) { heard.push_back(*event); });
  scripts_.next = [](vm::ScriptRun, Host host) -> net::Task<vm::Outcome> {
    host->console(vm::ConsoleLevel::warn, "careful");
    auto outcome = ended(Ending::exception, "TypeError", std::string(400, 'm'));
    outcome.position = vm::SourcePosition{3, 14};
    outcome.stack = "run@3:14";
    outcome.cpu = 1500us;
    co_return outcome;
  };
  EXPECT_EQ(ephemeral_text(use_component(ids_.sign(claims(), "go"))),
            "The script of this button failed with `TypeError` in line 3.");
  EXPECT_TRUE(store_.records->has("script: A script failed guild=3000000000000000001 command=" + command_.to_string() +
                                  " revision=1 trigger=hello ending=exception exception=TypeError reason=" +
                                  std::string(300, 'm') + " line=3 column=14 stack=run@3:14"));
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

TEST_F(ComponentInteractionsTest, CountUsesAndFailures) {
  use_component(ids_.sign(claims(), "go"));
  scripts_.next = [](vm::ScriptRun, Host) -> net::Task<vm::Outcome> {
    auto outcome = ended(Ending::exception, "TypeError", "x is null");
    outcome.position = vm::SourcePosition{3, 14};
    co_return outcome;
  };
  use_component(ids_.sign(claims(), "go"));
  use_component("unsigned");
  uses_.flush();
  std::vector<database::CommandUse> uses;
  ASSERT_TRUE(loop_.until([&] { return !(uses = test::run(store_.uses.list(guild_, 0))).empty(); }));
  EXPECT_EQ(uses.size(), 1U);
  EXPECT_EQ(uses[0].command_id, command_);
  EXPECT_EQ(uses[0].uses, 2);
  EXPECT_EQ(uses[0].failures, 1);
  EXPECT_EQ(uses[0].last_failure, "TypeError: x is null (line 3)");
}

TEST_F(ComponentInteractionsTest, AnUneventfulRunIsNotPublished) {
  int heard = 0;
  const auto subscription = events_.dispatch.subscribe([&](const auto&) { ++heard; });
  use_component(ids_.sign(claims(), "go"));
  EXPECT_EQ(heard, 0);
}

TEST_F(ComponentInteractionsTest, ABusyScriptHostIsNotAFailureOfTheScript) {
  scripts_.next = [](vm::ScriptRun, Host) -> net::Task<vm::Outcome> { co_return ended(Ending::busy); };
  EXPECT_THAT(ephemeral_text(use_component(ids_.sign(claims(), "go"))), HasSubstr("The bot is busy"));
  scripts_.next = [](vm::ScriptRun, Host) -> net::Task<vm::Outcome> { co_return ended(Ending::unavailable); };
  EXPECT_THAT(ephemeral_text(use_component(ids_.sign(claims(), "go"))), HasSubstr("cannot run scripts at the moment"));
  EXPECT_EQ(count(ComponentOutcome::busy), 1U);
  EXPECT_EQ(count(ComponentOutcome::scripts_off), 1U);
}

TEST_F(ComponentInteractionsTest, AnEventIsUnhandledUntilDiscordAcceptedAResponse) {
  scripts_.next = &reply;
  discord_.hold();
  start_use(ids_.sign(claims(), "go"));
  ASSERT_TRUE(loop_.until([&] { return discord_.interactions.size() == 1; }));
  EXPECT_EQ(unhandled_.first(7), 1U);
  EXPECT_EQ(unhandled_.first(6), std::nullopt);
  discord_.release();
  loop_.run(components_->drain(10s));
  EXPECT_EQ(unhandled_.first(7), std::nullopt);
  EXPECT_EQ(counters_.components_in_flight, 0U);
}

}  // namespace
}  // namespace guildhall::bot
