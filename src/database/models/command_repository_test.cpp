#include "database/models/command_repository.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci/soci.h>

#include "database/dialect.hpp"
#include "database/models/guild_repository.hpp"
#include "database/test_mariadb.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using base::CommandId;
using base::Errc;
using base::GuildId;
using test::eventually;
using test::run;
using ::testing::Field;
using ::testing::UnorderedElementsAre;

const std::string hello = R"({"content":"hello \ud83d\udc4b"})";
constexpr std::size_t max_commands = 1000;

/// As a product may rule.
base::Result<void> keep_rules(const Command& command, const CommandFacts& facts) {
  if (command.trigger.starts_with(facts.prefix)) return base::invalid("/trigger", "prefix");
  if (facts.trigger_taken) return base::Error{Errc::conflict, "taken", "/trigger"};
  if (facts.others >= max_commands) return base::Error{Errc::conflict, "full"};
  return {};
}

class CommandRepositoryTest : public ::testing::TestWithParam<config::Dialect> {
 protected:
  CommandRepositoryTest() { run(guilds_.reconcile({{guild_, "Workshop", {}}, {other_guild_, "Harbour", {}}})); }

  using Making = net::Future<base::Result<Command>>;

  net::Task<base::Result<Command>> create_in(GuildId guild, std::string trigger, std::string response,
                                             std::optional<std::string> script) {
    Command draft;
    draft.guild_id = guild;
    draft.trigger = std::move(trigger);
    draft.response = std::move(response);
    draft.interaction = std::move(script);
    return commands_.create(std::move(draft), ruled_);
  }

  /// Starts to make one, which goes on with `all_together`.
  Making start(GuildId guild, const std::string& trigger, const std::string& response = hello) {
    return net::start(loop_.get_executor(), create_in(guild, trigger, response, {}));
  }

  /// Makes those that were started while the writer has something else to do.
  void all_together() {
    test::Barrier barrier;
    database_->start_write([&](soci::session&, Changes&) { barrier.arrive_and_wait(); });
    barrier.wait_for_arrival();
    loop_.restart();
    loop_.poll();
    barrier.open();
    loop_.run();
  }

  /// Gives the guild `count` commands.
  void fill(std::size_t count) {
    WriteJob<void> job = [count, guild = guild_.value()](soci::session& sql, Changes&) {
      for (std::size_t i = 0; i < count; ++i) {
        const std::string trigger = "c" + std::to_string(i);
        const unsigned long long id = guild;
        sql << "INSERT INTO commands (guild_id, `trigger`, response, created_at, updated_at) VALUES (:guild, :trigger, "
               "'{}', '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000')",
            soci::use(id), soci::use(trigger);
      }
    };
    run(database_->write(job));
  }

  Command create(const std::string& trigger) { return run(create_in(guild_, trigger, hello, {})).value(); }

  const CommandWrite ruled_{{}, keep_rules};
  boost::asio::io_context loop_{1};
  const GuildId guild_{UINT64_MAX};
  const GuildId other_guild_{7};
  test_support::TestDatabase test_database_{test_support::server_for(GetParam())};
  std::unique_ptr<Database> database_ = test_database_.open();
  GuildRepository guilds_{*database_};
  CommandRepository commands_{*database_};
};

TEST_P(CommandRepositoryTest, AGuildHasNoCommandsAtFirst) { EXPECT_TRUE(run(commands_.list(guild_))->empty()); }

TEST_P(CommandRepositoryTest, KeepsWhatIsCreated) {
  const std::string script = std::string("reply('\0 \U0001F600')", 15);
  const auto created = run(create_in(guild_, "\U0001F44B", hello, script)).value();
  const auto found = run(commands_.find(guild_, created.id));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, created.id);
  EXPECT_EQ(found->guild_id, guild_);
  EXPECT_EQ(found->trigger, "\U0001F44B");
  EXPECT_EQ(found->response, hello);
  EXPECT_EQ(found->interaction, script);
  EXPECT_EQ(found->revision, 1U);
  EXPECT_EQ(found->created_at, test_database_.clock.now());
  EXPECT_EQ(found->updated_at, test_database_.clock.now());
  EXPECT_EQ(run(commands_.find(other_guild_, created.id)), nullptr) << "each guild has its own";
}

TEST_P(CommandRepositoryTest, ListsInTheOrderOfCreation) {
  const auto first = create("zebra");
  const auto second = create("ape");
  const auto all = run(commands_.list(guild_));
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ((*all)[0].id, first.id);
  EXPECT_EQ((*all)[1].id, second.id);
}

TEST_P(CommandRepositoryTest, ATriggerIsTakenOncePerGuild) {
  create("hello");
  const auto again = run(create_in(guild_, "hello", hello, {}));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, Errc::conflict);
  EXPECT_EQ(again.error().field, "/trigger");
  for (const auto* same : {"Hello", "HELLO", "hel\u200Blo", "hello\uFE0F"}) {
    EXPECT_EQ(run(create_in(guild_, same, hello, {})).error().code, Errc::conflict) << same;
  }
  EXPECT_TRUE(run(create_in(guild_, "h\u00e9llo", hello, {})));
  EXPECT_TRUE(run(create_in(guild_, "hello ", hello, {})));
  EXPECT_EQ(create("\U0001F389").trigger, "\U0001F389");
  EXPECT_EQ(run(commands_.list(guild_))->back().trigger, "\U0001F389");
  EXPECT_TRUE(run(create_in(other_guild_, "hello", hello, {})));
}

TEST_P(CommandRepositoryTest, CaseSensitiveTriggersAreTakenInTheirCase) {
  const auto create_sensitive = [&](const char* trigger) {
    Command draft;
    draft.guild_id = guild_;
    draft.trigger = trigger;
    draft.response = hello;
    draft.case_sensitive = true;
    return run(commands_.create(std::move(draft), ruled_));
  };
  const auto first = create_sensitive("Hello").value();
  EXPECT_TRUE(run(commands_.find(guild_, first.id))->case_sensitive);
  EXPECT_TRUE(create_sensitive("hello"));
  EXPECT_EQ(create_sensitive("Hel\u200Blo").error().code, Errc::conflict);
  EXPECT_EQ(run(create_in(guild_, "HELLO", hello, {})).error().code, Errc::conflict);
  const auto fold = run(commands_.update(guild_, first.id, {.case_sensitive = false}, {}, ruled_));
  EXPECT_EQ(fold.error().code, Errc::conflict) << "it would be the same as the other one";
}

TEST_P(CommandRepositoryTest, ACommandThatIsSwitchedOffKeepsItsTrigger) {
  const auto hello_command = create("hello");
  EXPECT_TRUE(hello_command.enabled);
  const auto off = run(commands_.update(guild_, hello_command.id, {.enabled = false}, {}, ruled_));
  ASSERT_TRUE(off);
  EXPECT_EQ(off->revision, 2U);
  EXPECT_EQ(run(commands_.update(guild_, hello_command.id, {.enabled = false}, {}, ruled_))->revision, 2U);
  EXPECT_FALSE(run(commands_.find(guild_, hello_command.id))->enabled);
  EXPECT_FALSE(run(commands_.list(guild_))->front().enabled);
  EXPECT_EQ(run(create_in(guild_, "Hello", hello, {})).error().code, Errc::conflict);
  create("bye");
  const auto triggers_are = [&](const auto& triggers) {
    return ::testing::Matches(triggers)(run(commands_.triggers({guild_}))) &&
           ::testing::Matches(triggers)(run(commands_.triggers_after({})));
  };
  EXPECT_TRUE(triggers_are(UnorderedElementsAre(Field(&Trigger::trigger, "bye"))));
  ASSERT_TRUE(run(commands_.update(guild_, hello_command.id, {.enabled = true}, {}, ruled_)));
  EXPECT_TRUE(triggers_are(UnorderedElementsAre(Field(&Trigger::trigger, "bye"), Field(&Trigger::trigger, "hello"))));
}

TEST_P(CommandRepositoryTest, ATriggerDoesNotStartWithThePrefix) {
  const auto refused = run(create_in(guild_, "!hello", hello, {}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::invalid);
  EXPECT_EQ(refused.error().field, "/trigger");
  EXPECT_TRUE(run(create_in(guild_, "hello!", hello, {})));
}

TEST_P(CommandRepositoryTest, AnUnknownGuildHasNone) {
  EXPECT_EQ(run(create_in(GuildId{404}, "hello", hello, {})).error().code, Errc::not_found);
  EXPECT_TRUE(run(commands_.list(GuildId{404}))->empty());
}

TEST_P(CommandRepositoryTest, AGuildHasABoundedNumber) {
  fill(max_commands);
  const auto refused = run(create_in(guild_, "one more", hello, {}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::conflict);
  EXPECT_EQ(refused.error().field, "");
  EXPECT_TRUE(run(create_in(other_guild_, "first", hello, {})));
}

TEST_P(CommandRepositoryTest, ChangesWhatIsGivenAndCountsTheRevision) {
  const auto command = create("hello");
  test_database_.clock.advance(std::chrono::hours(1));
  const auto changed =
      run(commands_.update(guild_, command.id, {std::nullopt, R"({"content":"bye"})", "script"}, std::nullopt, ruled_))
          .value();
  EXPECT_EQ(changed.trigger, "hello");
  EXPECT_EQ(changed.response, R"({"content":"bye"})");
  EXPECT_EQ(changed.interaction, "script");
  EXPECT_EQ(changed.revision, 2U);
  EXPECT_EQ(changed.created_at, command.created_at);
  EXPECT_EQ(changed.updated_at, test_database_.clock.now());
  EXPECT_EQ(run(commands_.find(guild_, command.id))->response, R"({"content":"bye"})");

  const std::optional<std::string> none;
  const auto without =
      run(commands_.update(guild_, command.id, {std::nullopt, std::nullopt, std::optional{none}}, 2, ruled_)).value();
  EXPECT_EQ(without.interaction, std::nullopt);
  EXPECT_EQ(without.revision, 3U);
}

TEST_P(CommandRepositoryTest, AChangeToTheSameChangesNothing) {
  const auto command = create("hello");
  test_database_.clock.advance(std::chrono::hours(1));
  const auto same =
      run(commands_.update(guild_, command.id, {"hello", hello, std::nullopt}, std::nullopt, ruled_)).value();
  EXPECT_EQ(same.revision, 1U);
  EXPECT_EQ(same.updated_at, command.updated_at);
}

TEST_P(CommandRepositoryTest, AChangeMustKeepTheRules) {
  create("taken");
  const auto command = create("hello");
  const auto change = [&](const char* trigger) {
    return run(commands_.update(guild_, command.id, {trigger, std::nullopt, std::nullopt}, std::nullopt, ruled_));
  };
  EXPECT_EQ(change("taken").error().code, Errc::conflict);
  EXPECT_EQ(change("!hello").error().code, Errc::invalid);
  EXPECT_EQ(change("free").value().trigger, "free");
  EXPECT_EQ(run(commands_.update(guild_, CommandId{404}, {}, {}, ruled_)).error().code, Errc::not_found);
  EXPECT_EQ(run(commands_.update(other_guild_, command.id, {}, {}, ruled_)).error().code, Errc::not_found);
}

TEST_P(CommandRepositoryTest, OfTwoWritersWhoExpectTheSameRevisionOneIsTold) {
  const auto command = create("hello");
  EXPECT_TRUE(run(commands_.update(guild_, command.id, {"first", {}, {}}, command.revision, ruled_)));
  EXPECT_EQ(run(commands_.update(guild_, command.id, {"second", {}, {}}, command.revision, ruled_)).error().code,
            Errc::precondition_failed);
  EXPECT_EQ(run(commands_.remove(guild_, command.id, command.revision, Actor{})).error().code,
            Errc::precondition_failed);
  EXPECT_EQ(run(commands_.find(guild_, command.id))->trigger, "first");
}

TEST_P(CommandRepositoryTest, RemovesAndNeverUsesAnIdAgain) {
  const auto command = create("hello");
  EXPECT_TRUE(run(commands_.remove(guild_, command.id, 1, Actor{})));
  EXPECT_EQ(run(commands_.find(guild_, command.id)), nullptr);
  EXPECT_EQ(run(commands_.remove(guild_, command.id, {}, Actor{})).error().code, Errc::not_found);
  EXPECT_GT(create("hello").id, command.id);
}

TEST_P(CommandRepositoryTest, RefusedCreationsUseUpNoIds) {
  const auto first = create("one");
  EXPECT_FALSE(run(create_in(guild_, "one", hello, {})));
  EXPECT_EQ(create("two").id.value(), first.id.value() + 1);
}

TEST_P(CommandRepositoryTest, AResponseThatIsNoJsonIsABugOfTheCaller) {
  EXPECT_THROW(run(create_in(guild_, "hello", "no json", {})), ConstraintViolation);
}

TEST_P(CommandRepositoryTest, AnswersASecondTimeFromMemory) {
  create("hello");
  EXPECT_TRUE(eventually([&] {
    const auto first = run(commands_.list(guild_));
    return run(commands_.list(guild_)) == first;
  }));
}

TEST_P(CommandRepositoryTest, ListsHaveNoScripts) {
  run(create_in(guild_, "with", hello, "script"));
  run(create_in(guild_, "without", hello, {}));
  const auto list = run(commands_.list(guild_));
  ASSERT_EQ(list->size(), 2U);
  EXPECT_TRUE(list->at(0).has_interaction);
  EXPECT_FALSE(list->at(1).has_interaction);
  EXPECT_EQ(list->at(1).response, hello);
}

TEST_P(CommandRepositoryTest, PagesHaveWholeCommandsNewestFirst) {
  std::vector<CommandId> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(run(create_in(guild_, "c" + std::to_string(i), hello, "s")).value().id);
  run(create_in(other_guild_, "elsewhere", hello, {}));
  const auto first = run(commands_.page(guild_, CommandId{INT64_MAX}, 2));
  ASSERT_EQ(first->commands.size(), 2U);
  EXPECT_EQ(first->commands[0].id, ids[4]);
  EXPECT_EQ(first->commands[1].interaction, "s");
  EXPECT_TRUE(first->more);
  const auto last = run(commands_.page(guild_, ids[2], 2));
  ASSERT_EQ(last->commands.size(), 2U);
  EXPECT_EQ(last->commands[1].id, ids[0]);
  EXPECT_FALSE(last->more);
  EXPECT_TRUE(run(commands_.page(guild_, ids[0], 2))->commands.empty());
  EXPECT_FALSE(run(commands_.page(guild_, CommandId{INT64_MAX}, 6))->more);
}

TEST_P(CommandRepositoryTest, APageEndsWhereItIsLarge) {
  const std::string script(CommandStore::max_page_size * 2 / 5, 'x');
  for (int i = 0; i < 3; ++i) run(create_in(guild_, "c" + std::to_string(i), hello, script));
  const auto page = run(commands_.page(guild_, CommandId{INT64_MAX}, 100));
  EXPECT_EQ(page->commands.size(), 2U);
  EXPECT_TRUE(page->more);
  const auto huge = run(create_in(guild_, "huge", hello, std::string(CommandStore::max_page_size + 1, 'x')));
  EXPECT_EQ(run(commands_.page(guild_, CommandId{INT64_MAX}, 100))->commands.size(), 1U);
}

TEST_P(CommandRepositoryTest, RulesKnowTheBytesOfTheOthers) {
  const CommandWrite limited{
      {}, [](const Command& command, const CommandFacts& facts) -> base::Result<void> {
        const auto size = facts.others_size + stored_size(command);
        return size > 300 ? base::Result<void>(base::Error{Errc::conflict, "large"}) : base::Result<void>{};
      }};
  const auto create_sized = [&](const char* trigger, std::size_t script) {
    Command draft;
    draft.guild_id = guild_;
    draft.trigger = trigger;
    draft.response = "{}";
    draft.interaction = std::string(script, 'x');
    return run(commands_.create(std::move(draft), limited));
  };
  const auto first = create_sized("a", 97).value();
  EXPECT_EQ(first.size, 100U);
  ASSERT_TRUE(create_sized("b", 97));
  EXPECT_FALSE(create_sized("c", 98));
  const auto resize = [&](std::size_t script) {
    const CommandChange change{{}, {}, std::optional{std::optional{std::string(script, 'y')}}};
    return run(commands_.update(guild_, first.id, change, {}, limited));
  };
  EXPECT_FALSE(resize(198)) << "a command that grows is asked about, whatever its trigger";
  EXPECT_EQ(resize(197).value().size, 200U);
  EXPECT_EQ(resize(10).value().size, 13U);
  EXPECT_TRUE(create_sized("c", 98)) << "what shrank is free again";
}

TEST_P(CommandRepositoryTest, SeesWhatAnotherProcessChangesInOneCommand) {
  const auto command = create("hello");
  ASSERT_TRUE(run(commands_.find(guild_, command.id)));
  const auto other_database = test_database_.open();
  CommandRepository others{*other_database};
  ASSERT_TRUE(run(others.update(guild_, command.id, {"bye", {}, {}}, {}, ruled_)));
  EXPECT_TRUE(eventually([&] { return run(commands_.find(guild_, command.id))->trigger == "bye"; }));
}

TEST_P(CommandRepositoryTest, SeesWhatAnotherProcessChanges) {
  EXPECT_TRUE(run(commands_.list(guild_))->empty());
  const auto other_database = test_database_.open();
  CommandRepository others{*other_database};
  ASSERT_TRUE(run(test_support::create_command(others, guild_, "hello")));
  EXPECT_TRUE(eventually([&] { return run(commands_.list(guild_))->size() == 1; }));
}

TEST_P(CommandRepositoryTest, DoesWithoutMemoryWhileTheFeedFails) {
  create("hello");
  const auto dialect = make_dialect(test_database_.options());
  dialect->prepare();
  const auto stranger = dialect->connect(Access::schema);
  *stranger << "ALTER TABLE changes RENAME TO lost";
  ASSERT_TRUE(eventually([&] { return !database_->feed().fresh(); }));
  const auto reads = database_->counters().reads;
  EXPECT_EQ(run(commands_.list(guild_))->size(), 1U);
  EXPECT_EQ(run(commands_.list(guild_))->size(), 1U);
  EXPECT_EQ(database_->counters().reads, reads + 2);

  *stranger << "ALTER TABLE lost RENAME TO changes";
  EXPECT_TRUE(eventually([&] { return database_->feed().fresh(); }));
}

TEST_P(CommandRepositoryTest, ThoseThatAreMadeTogetherAreToldApart) {
  auto first = start(guild_, "hello");
  auto again = start(guild_, "hello");
  auto elsewhere = start(other_guild_, "hello");
  auto nowhere = start(GuildId{404}, "hello");
  auto prefixed = start(guild_, "!hello");
  auto last = start(guild_, "bye");
  all_together();
  EXPECT_EQ(run(commands_.find(guild_, first.get().value().id))->trigger, "hello");
  EXPECT_EQ(again.get().error().field, "/trigger");
  EXPECT_EQ(run(commands_.find(other_guild_, elsewhere.get().value().id))->guild_id, other_guild_);
  EXPECT_EQ(nowhere.get().error().code, Errc::not_found);
  EXPECT_EQ(prefixed.get().error().code, Errc::invalid);
  EXPECT_EQ(run(commands_.find(guild_, last.get().value().id))->trigger, "bye");
}

TEST_P(CommandRepositoryTest, TriggersThatAreTakenAreToldApartFromThoseThatAreMadeWithThem) {
  create("hello");
  create("c120");
  for (const int count : {3, 150}) {
    auto taken = start(guild_, "hello");
    std::vector<Making> made;
    for (int i = 0; i < count; ++i)
      made.push_back(start(other_guild_, std::to_string(count) + "-" + std::to_string(i)));
    auto taken_too = start(guild_, "c120");
    all_together();
    EXPECT_EQ(taken.get().error().field, "/trigger");
    EXPECT_EQ(taken_too.get().error().field, "/trigger");
    for (auto& one : made) EXPECT_TRUE(one.get());
  }
  EXPECT_EQ(run(commands_.list(guild_))->size(), 2U);
  EXPECT_EQ(run(commands_.list(other_guild_))->size(), 153U);
}

TEST_P(CommandRepositoryTest, OneThatTheTableRefusesFailsAloneAmongThoseThatAreMadeTogether) {
  auto before = start(guild_, "one");
  auto refused = start(guild_, "two", "no json");
  auto after = start(guild_, "three");
  all_together();
  EXPECT_THROW(static_cast<void>(refused.get()), ConstraintViolation);
  EXPECT_EQ(before.get().value().trigger, "one");
  EXPECT_EQ(after.get().value().trigger, "three");
  EXPECT_EQ(run(commands_.list(guild_))->size(), 2U);
}

TEST_P(CommandRepositoryTest, TheLimitHoldsForThoseThatAreMadeTogether) {
  fill(max_commands - 1);
  auto last = start(guild_, "last");
  auto one_more = start(guild_, "one more");
  auto elsewhere = start(other_guild_, "first");
  all_together();
  EXPECT_TRUE(last.get());
  EXPECT_EQ(one_more.get().error().code, Errc::conflict);
  EXPECT_TRUE(elsewhere.get());
}

TEST_P(CommandRepositoryTest, ManyAreMadeTogether) {
  std::vector<Making> made;
  for (int i = 0; i < 250; ++i) made.push_back(start(i % 2 == 0 ? guild_ : other_guild_, "c" + std::to_string(i)));
  all_together();
  for (std::size_t i = 0; i < made.size(); ++i) {
    const auto command = made[i].get().value();
    const auto found = run(commands_.find(command.guild_id, command.id));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->trigger, "c" + std::to_string(i));
  }
  EXPECT_LT(database_->counters().commits, 20U);
}

TEST_P(CommandRepositoryTest, ListsWhatTriggersCommands) {
  const auto first = run(create_in(guild_, "hello", "{}", {})).value();
  const auto second = run(create_in(other_guild_, "ahoy", "{}", {})).value();
  ASSERT_TRUE(run(guilds_.update(other_guild_, {"?", {}}, test_support::unruled_guild)));
  const auto all = run(commands_.triggers_after(base::CommandId{}));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].guild_id, guild_);
  EXPECT_EQ(all[0].prefix, "!");
  EXPECT_EQ(all[0].command_id, first.id);
  EXPECT_EQ(all[0].revision, 1U);
  EXPECT_EQ(all[0].trigger, "hello");
  EXPECT_EQ(all[1].prefix, "?");
  const auto rest = run(commands_.triggers_after(first.id));
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].command_id, second.id);
  const auto some = run(commands_.triggers({GuildId{404}, other_guild_, guild_}));
  EXPECT_THAT(some, UnorderedElementsAre(Field(&Trigger::trigger, "ahoy"), Field(&Trigger::trigger, "hello")));
}

INSTANTIATE_TEST_SUITE_P(Dialects, CommandRepositoryTest, ::testing::ValuesIn(test_support::dialects()),
                         test_support::DialectName());

}  // namespace
}  // namespace guildhall::database
