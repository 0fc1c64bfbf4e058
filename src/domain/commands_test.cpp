#include "domain/commands.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "domain/command_rules.hpp"
#include "domain/guilds.hpp"
#include "domain/test_support.hpp"

namespace guildhall::domain {
namespace {

using base::CommandId;
using base::Errc;
using base::GuildId;
using test_support::run;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CommandsTest : public ::testing::Test {
 protected:
  CommandsTest() {
    guilds_.add(guild_);
    store_.prefixes[guild_] = "!";
  }

  [[nodiscard]] GuildEditor editor() { return test_support::editor_of(guilds_, guild_); }
  base::Result<database::Command> create(std::string_view body) {
    return run(commands_.create(editor(), boost::json::parse(body)));
  }
  base::Result<database::Command> patch(CommandId id, std::string_view body, Commands::Precondition precondition = {}) {
    return run(
        commands_.update(editor(), id, boost::json::parse(body), Commands::Body::patch, std::move(precondition)));
  }

  const GuildId guild_{7};
  test_support::MemoryGuildStore guilds_;
  test_support::MemoryCommandStore store_;
  test_support::FakeScriptChecker scripts_;
  Commands commands_{store_, scripts_};
};

TEST_F(CommandsTest, ACommandIsCreatedByItsActor) {
  const auto command = create(R"({"trigger":"hello","response":{"content":"hi"}})");
  ASSERT_TRUE(command);
  EXPECT_EQ(command->guild_id, guild_);
  EXPECT_EQ(command->interaction, std::nullopt);
  EXPECT_EQ((*run(commands_.find(editor(), command->id)))->trigger, "hello");
  ASSERT_EQ(store_.actors.size(), 1U);
  EXPECT_EQ(store_.actors[0].name, "ada");
  EXPECT_THAT(scripts_.checked, IsEmpty());
}

TEST_F(CommandsTest, ABodyMustFitTheSchema) {
  EXPECT_EQ(create(R"({"trigger":"two words","response":{"content":"hi"}})").error().field, "/trigger");
  EXPECT_EQ(create(R"({"trigger":"hello"})").error().code, Errc::invalid);
  EXPECT_THAT(store_.commands, IsEmpty());
}

TEST_F(CommandsTest, TheRulesAreAskedInTheWrite) {
  EXPECT_EQ(create(R"({"trigger":"!hello","response":{"content":"hi"}})").error().code, Errc::invalid);
  ASSERT_TRUE(create(R"({"trigger":"hello","response":{"content":"hi"}})"));
  EXPECT_EQ(create(R"({"trigger":"hello","response":{"content":"hi"}})").error().code, Errc::conflict);
}

TEST_F(CommandsTest, AScriptMustParse) {
  const auto refused = create(R"({"trigger":"a","response":{"content":"hi"},"interaction":"if ("})");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::invalid);
  EXPECT_EQ(refused.error().field, "/interaction");
  EXPECT_EQ(refused.error().line, 1U);
  EXPECT_THAT(store_.commands, IsEmpty());
}

TEST_F(CommandsTest, OnlyANewScriptIsChecked) {
  const auto id = create(R"j({"trigger":"a","response":{"content":"hi"},"interaction":"run()"})j")->id;
  scripts_.checked.clear();
  EXPECT_TRUE(patch(id, R"j({"interaction":"run()"})j"));
  EXPECT_TRUE(patch(id, R"({"trigger":"b"})"));
  EXPECT_TRUE(patch(id, R"({"interaction":null})"));
  EXPECT_THAT(scripts_.checked, IsEmpty());
  EXPECT_FALSE(patch(id, R"({"interaction":"if ("})"));
  EXPECT_THAT(scripts_.checked, ElementsAre("if ("));
}

TEST_F(CommandsTest, APatchLeavesTheRestAsItIs) {
  const auto id = create(R"j({"trigger":"a","response":{"content":"hi"},"interaction":"run()"})j")->id;
  const auto changed = patch(id, R"({"response":{"content":"ho"}})");
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->trigger, "a");
  EXPECT_EQ(changed->interaction, "run()");
  EXPECT_EQ(patch(id, "{}").error().code, Errc::invalid);
  EXPECT_EQ(run(commands_.update(editor(), id, boost::json::parse(R"({"trigger":"a"})"), Commands::Body::whole, {}))
                .error()
                .code,
            Errc::invalid);
}

TEST_F(CommandsTest, ACommandIsEnabledUnlessTheBodySaysOtherwise) {
  EXPECT_TRUE(create(R"({"trigger":"a","response":{"content":"hi"}})")->enabled);
  const auto off = create(R"({"trigger":"b","response":{"content":"hi"},"enabled":false})");
  ASSERT_TRUE(off);
  EXPECT_FALSE(off->enabled);
  EXPECT_EQ(create(R"({"trigger":"B","response":{"content":"hi"}})").error().code, Errc::conflict) << "it is taken";
  EXPECT_FALSE(patch(off->id, R"({"trigger":"c"})")->enabled);
  const auto replaced =
      run(commands_.update(editor(), off->id, boost::json::parse(R"({"trigger":"c","response":{"content":"hi"}})"),
                           Commands::Body::whole, {}));
  ASSERT_TRUE(replaced);
  EXPECT_TRUE(replaced->enabled);
  EXPECT_FALSE(patch(off->id, R"({"enabled":false})")->enabled);
}

TEST_F(CommandsTest, APreconditionIsAskedAboutTheCommandAsItIs) {
  const auto id = create(R"({"trigger":"a","response":{"content":"hi"}})")->id;
  const auto never = [](const database::Command& command) -> base::Result<std::optional<std::uint64_t>> {
    return base::Error{Errc::precondition_failed, command.trigger};
  };
  EXPECT_EQ(patch(id, R"({"trigger":"b"})", never).error().message, "a");
  const auto old = [](const database::Command&) -> base::Result<std::optional<std::uint64_t>> { return 41U; };
  EXPECT_EQ(patch(id, R"({"trigger":"b"})", old).error().code, Errc::precondition_failed);
  EXPECT_EQ(run(commands_.remove(editor(), id, never)).error().code, Errc::precondition_failed);
  EXPECT_EQ(store_.commands.at(id).trigger, "a");
}

TEST_F(CommandsTest, ACommandOfAnotherGuildIsNotFound) {
  const auto id = create(R"({"trigger":"a","response":{"content":"hi"}})")->id;
  guilds_.add(GuildId{8});
  const auto other = test_support::editor_of(guilds_, GuildId{8});
  EXPECT_EQ(run(commands_.find(other, id)).error().code, Errc::not_found);
  EXPECT_EQ(run(commands_.remove(other, id, {})).error().code, Errc::not_found);
  EXPECT_TRUE(run(commands_.list(other))->empty());
  EXPECT_TRUE(run(commands_.remove(editor(), id, {})));
  EXPECT_TRUE(run(commands_.list(editor()))->empty());
}

TEST_F(CommandsTest, AGuildsSettingsKeepToSchemaAndRules) {
  Guilds guilds(guilds_);
  guilds_.triggers = {"?help"};
  EXPECT_EQ(run(guilds.update(editor(), {{"prefix", "a b"}})).error().field, "/prefix");
  EXPECT_EQ(run(guilds.update(editor(), {{"prefix", "?"}})).error().field, "/prefix");
  const auto guild = run(guilds.update(editor(), {{"prefix", "$"}, {"language", "de"}}));
  ASSERT_TRUE(guild);
  EXPECT_EQ((*guild)->prefix, "$");
  EXPECT_EQ((*guild)->language, "de");
  EXPECT_EQ(guilds_.actors.at(0).name, "ada");
}

}  // namespace
}  // namespace guildhall::domain
