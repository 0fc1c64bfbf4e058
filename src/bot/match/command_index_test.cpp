#include "bot/match/command_index.hpp"

#include <gtest/gtest.h>

#include "bot/test_support.hpp"

namespace guildhall::bot {
namespace {

using base::GuildId;
using namespace std::chrono_literals;

class CommandIndexTest : public ::testing::Test {
 protected:
  CommandIndexTest() {
    store_.make_guild(workshop_);
    store_.make_guild(harbour_);
  }

  /// The trigger that matches, once all changes are known.
  std::string match(GuildId guild, std::string_view content) {
    EXPECT_TRUE(loop_.run(index_.wait_until_current(guild, 10s)));
    const auto match = index_.match(guild, content, {});
    return match ? std::string(match->trigger) : std::string();
  }

  test_support::Store store_;
  test::TestLoop loop_;
  const GuildId workshop_{3000000000000000001};
  const GuildId harbour_{UINT64_MAX};
  CommandIndex index_{loop_.executor(), store_.commands, store_.database->feed(), store_.log};
};

TEST_F(CommandIndexTest, LoadsAllGuildsAtTheStart) {
  store_.make_command(workshop_, "hello");
  store_.make_command(harbour_, "ahoy");
  loop_.spawn(index_.run());
  EXPECT_EQ(match(workshop_, "!hello World"), "hello");
  EXPECT_EQ(match(harbour_, "!ahoy"), "ahoy");
  EXPECT_EQ(match(harbour_, "!hello"), "") << "of another guild";
  EXPECT_EQ(match(GuildId{1}, "!hello"), "");
}

TEST_F(CommandIndexTest, SeesAChangeOnceItIsAnswered) {
  loop_.spawn(index_.run());
  EXPECT_EQ(match(workshop_, "!hello"), "");
  const auto command = store_.make_command(workshop_, "hello");
  EXPECT_FALSE(index_.is_current(workshop_));
  EXPECT_TRUE(index_.is_current(harbour_));
  EXPECT_EQ(match(workshop_, "!hello"), "hello");

  ASSERT_TRUE(test::run(store_.guilds.update(workshop_, {"?", {}}, database::test_support::unruled_guild)));
  EXPECT_FALSE(index_.is_current(workshop_));
  EXPECT_EQ(match(workshop_, "!hello"), "");
  EXPECT_EQ(match(workshop_, "?hello"), "hello");

  ASSERT_TRUE(test::run(store_.commands.update(workshop_, command.id, {{}, R"({"content":"y"})", {}}, {},
                                               database::test_support::unruled)));
  EXPECT_EQ(match(workshop_, "?hello"), "hello");
  EXPECT_EQ(index_.match(workshop_, "?hello", {})->revision, 2U);

  ASSERT_TRUE(test::run(store_.commands.remove(workshop_, command.id, {}, {})));
  EXPECT_EQ(match(workshop_, "?hello"), "");
}

TEST_F(CommandIndexTest, DoesNotFindACommandThatIsSwitchedOff) {
  const auto hello = store_.make_command(workshop_, "hello");
  const auto bye = store_.make_command(workshop_, "bye");
  const auto set_enabled = [&](base::CommandId id, bool enabled) {
    const auto changed =
        test::run(store_.commands.update(workshop_, id, {.enabled = enabled}, {}, database::test_support::unruled));
    EXPECT_TRUE(changed);
  };
  set_enabled(hello.id, false);
  loop_.spawn(index_.run());
  EXPECT_EQ(match(workshop_, "!hello"), "") << "read at the start";
  EXPECT_EQ(match(workshop_, "!bye"), "bye");
  set_enabled(hello.id, true);
  EXPECT_EQ(match(workshop_, "!hello"), "hello");
  set_enabled(hello.id, false);
  set_enabled(bye.id, false);
  EXPECT_EQ(match(workshop_, "!hello"), "");
  EXPECT_EQ(match(workshop_, "!bye"), "") << "the guild has no others";
}

TEST_F(CommandIndexTest, SeesChangesOfAnotherProcess) {
  loop_.spawn(index_.run());
  EXPECT_EQ(match(workshop_, "!hello"), "");
  const auto other = store_.test_database.open();
  database::CommandRepository others(*other);
  ASSERT_TRUE(test::run(database::test_support::create_command(others, workshop_, "hello")));
  EXPECT_TRUE(loop_.until([&] { return !match(workshop_, "!hello").empty(); }));
}

TEST_F(CommandIndexTest, ReadsSeldomDuringABurstOfChanges) {
  loop_.spawn(index_.run());
  EXPECT_EQ(match(workshop_, "!c1"), "");
  const auto begun = std::chrono::steady_clock::now();
  const auto reads = store_.database->counters().reads;
  for (int i = 0; i < 40; ++i) {
    store_.make_command(workshop_, "c" + std::to_string(i));
    loop_.poll();
  }
  const auto took = std::chrono::steady_clock::now() - begun;
  EXPECT_LE(store_.database->counters().reads - reads, static_cast<std::size_t>(took / 50ms + 2));
  EXPECT_EQ(match(workshop_, "!c39"), "c39");
}

TEST_F(CommandIndexTest, LoadsManyCommandsPageByPage) {
  const auto page = database::CommandRepository::triggers_page;
  store_.make_many_commands(workshop_, page + 1);
  loop_.spawn(index_.run());
  EXPECT_EQ(match(workshop_, "!c1"), "c1");
  EXPECT_EQ(match(workshop_, "!c" + std::to_string(page + 1)), "c" + std::to_string(page + 1));
}

TEST_F(CommandIndexTest, WaitsAtMostTheLimit) {
  // run() has not been started.
  EXPECT_FALSE(index_.is_current(workshop_));
  EXPECT_FALSE(loop_.run(index_.wait_until_current(workshop_, 5ms)));
}

}  // namespace
}  // namespace guildhall::bot
