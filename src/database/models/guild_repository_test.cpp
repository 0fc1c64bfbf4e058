#include "database/models/guild_repository.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "database/models/command_repository.hpp"
#include "database/test_mariadb.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using base::Errc;
using base::GuildId;
using test::eventually;
using test::run;

base::Result<void> keep_triggers(const std::string& prefix, std::span<const std::string> triggers) {
  for (const auto& trigger : triggers) {
    if (trigger.starts_with(prefix)) return base::invalid("/prefix", "trigger");
  }
  return {};
}

const GuildWrite write{{}, keep_triggers};

class GuildRepositoryTest : public ::testing::TestWithParam<config::Dialect> {
 protected:
  test_support::TestDatabase test_database_{test_support::server_for(GetParam())};
  std::unique_ptr<Database> database_ = test_database_.open();
  GuildRepository guilds_{*database_};
  const GuildId workshop_{3000000000000000001};
  const GuildId harbour_{UINT64_MAX};
};

TEST_P(GuildRepositoryTest, FollowsTheGuildsThatTheBotIsIn) {
  const auto first = run(guilds_.reconcile({{workshop_, "Workshop", "icon"}, {harbour_, "Harbour \U0001F6A2", {}}}));
  EXPECT_EQ(first.joined, 2U);
  const auto workshop = run(guilds_.find(workshop_));
  ASSERT_TRUE(workshop);
  EXPECT_EQ(workshop->name, "Workshop");
  EXPECT_EQ(workshop->icon, "icon");
  EXPECT_EQ(workshop->prefix, "!");
  EXPECT_EQ(workshop->language, "en");
  EXPECT_EQ(workshop->left_at, std::nullopt);
  EXPECT_EQ(workshop->created_at, test_database_.clock.now());
  EXPECT_EQ(run(guilds_.find(harbour_))->id, harbour_);
  EXPECT_EQ(run(guilds_.find(harbour_))->name, "Harbour \U0001F6A2");
  EXPECT_EQ(run(guilds_.find(GuildId{1})), nullptr);
}

TEST_P(GuildRepositoryTest, AGuildThatComesBackHasItsSettings) {
  run(guilds_.reconcile({{workshop_, "Workshop", {}}}));
  ASSERT_TRUE(run(guilds_.update(workshop_, {"??", "de"}, write)));
  test_database_.clock.advance(std::chrono::hours(1));
  const auto left = run(guilds_.reconcile({}));
  EXPECT_EQ(left.left, 1U);
  EXPECT_EQ(run(guilds_.find(workshop_))->left_at, test_database_.clock.now());
  EXPECT_EQ(run(guilds_.reconcile({})).left, 0U) << "it has left already";

  const auto back = run(guilds_.reconcile({{workshop_, "Workshop II", {}}}));
  EXPECT_EQ(back.joined, 1U);
  const auto guild = run(guilds_.find(workshop_));
  EXPECT_EQ(guild->left_at, std::nullopt);
  EXPECT_EQ(guild->name, "Workshop II");
  EXPECT_EQ(guild->prefix, "??");
  EXPECT_EQ(guild->language, "de");
}

TEST_P(GuildRepositoryTest, TouchesOnlyWhatDiffers) {
  run(guilds_.reconcile({{workshop_, "Workshop", "a"}, {harbour_, "Harbour", "h"}}));
  const auto before = run(guilds_.find(harbour_));
  test_database_.clock.advance(std::chrono::hours(1));
  const auto renamed = run(guilds_.reconcile({{workshop_, "Workshop", "b"}, {harbour_, "Harbour", "h"}}));
  EXPECT_EQ(renamed.renamed, 1U);
  EXPECT_EQ(renamed.joined + renamed.left, 0U);
  EXPECT_EQ(run(guilds_.find(workshop_))->icon, "b");
  EXPECT_EQ(run(guilds_.find(harbour_))->updated_at, before->updated_at);

  const auto commits = database_->counters().commits;
  run(guilds_.reconcile({{workshop_, "Workshop", "b"}, {harbour_, "Harbour", "h"}, {harbour_, "Harbour", "h"}}));
  EXPECT_EQ(database_->counters().commits, commits) << "nothing to write";
}

TEST_P(GuildRepositoryTest, FollowsSomeGuildsAndLeavesOthersAlone) {
  run(guilds_.reconcile({{workshop_, "Workshop", {}}, {harbour_, "Harbour", {}}}));
  ASSERT_TRUE(run(guilds_.update(workshop_, {"?", {}}, write)));
  const auto left = run(guilds_.follow({}, {workshop_, GuildId{404}}));
  EXPECT_EQ(left.left, 1U);
  EXPECT_TRUE(run(guilds_.find(workshop_))->left_at);
  EXPECT_FALSE(run(guilds_.find(harbour_))->left_at);
  EXPECT_EQ(run(guilds_.find(GuildId{404})), nullptr);
  EXPECT_EQ(run(guilds_.count_present()), 1U);

  const auto back = run(guilds_.follow({{workshop_, "Workshop II", {}}, {GuildId{5}, "New", {}}}, {}));
  EXPECT_EQ(back.joined, 2U);
  EXPECT_EQ(run(guilds_.find(workshop_))->prefix, "?");
  EXPECT_EQ(run(guilds_.find(workshop_))->left_at, std::nullopt);
  EXPECT_EQ(run(guilds_.follow({{workshop_, "Workshop II", "icon"}}, {})).renamed, 1U);

  const auto commits = database_->counters().commits;
  run(guilds_.follow({{workshop_, "Workshop II", "icon"}}, {}));
  EXPECT_EQ(database_->counters().commits, commits) << "nothing to write";
}

TEST_P(GuildRepositoryTest, MarksTheMissingOnesOfSome) {
  run(guilds_.reconcile({{GuildId{1}, "A", {}}, {GuildId{2}, "B", {}}, {GuildId{4}, "C", {}}}));
  const auto even = [](GuildId id) { return id.value() % 2 == 0; };
  EXPECT_EQ(run(guilds_.mark_missing({GuildId{4}}, even)), 1U);
  EXPECT_FALSE(run(guilds_.find(GuildId{1}))->left_at);
  EXPECT_TRUE(run(guilds_.find(GuildId{2}))->left_at);
  EXPECT_FALSE(run(guilds_.find(GuildId{4}))->left_at);
  EXPECT_EQ(run(guilds_.mark_missing({GuildId{4}}, even)), 0U) << "it has left already";
}

TEST_P(GuildRepositoryTest, ChangesSettings) {
  run(guilds_.reconcile({{workshop_, "Workshop", {}}}));
  test_database_.clock.advance(std::chrono::hours(1));
  const auto updated = run(guilds_.update(workshop_, {"\U0001F916", std::nullopt}, write));
  ASSERT_TRUE(updated);
  EXPECT_EQ((*updated)->prefix, "\U0001F916");
  EXPECT_EQ((*updated)->language, "en");
  EXPECT_EQ((*updated)->updated_at, test_database_.clock.now());
  EXPECT_EQ(run(guilds_.find(workshop_))->prefix, "\U0001F916");
  EXPECT_EQ(run(guilds_.update(GuildId{404}, {"?", {}}, write)).error().code, Errc::not_found);
}

TEST_P(GuildRepositoryTest, APrefixThatATriggerStartsWithIsRefused) {
  run(guilds_.reconcile({{workshop_, "Workshop", {}}}));
  CommandRepository commands{*database_};
  ASSERT_TRUE(run(test_support::create_command(commands, workshop_, "?help", "{}")));
  const auto refused = run(guilds_.update(workshop_, {"?", {}}, write));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::invalid);
  EXPECT_EQ(refused.error().field, "/prefix");
  EXPECT_TRUE(run(guilds_.update(workshop_, {"?H", {}}, write))) << "case matters";
}

TEST_P(GuildRepositoryTest, FindsManyInTheOrderAsked) {
  run(guilds_.reconcile({{workshop_, "Workshop", {}}, {harbour_, "Harbour", {}}}));
  for (int asked = 0; asked < 2; ++asked) {  // from the table, then from memory
    const auto found = run(guilds_.find_many({harbour_, GuildId{404}, workshop_}));
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0]->name, "Harbour");
    EXPECT_EQ(found[1], nullptr);
    EXPECT_EQ(found[2]->name, "Workshop");
  }
}

TEST_P(GuildRepositoryTest, SeesWhatAnotherProcessChanges) {
  run(guilds_.reconcile({{workshop_, "Workshop", {}}}));
  EXPECT_EQ(run(guilds_.find(workshop_))->prefix, "!");
  const auto other_database = test_database_.open();
  GuildRepository others{*other_database};
  ASSERT_TRUE(run(others.update(workshop_, {"?", {}}, write)));
  EXPECT_TRUE(eventually([&] { return run(guilds_.find(workshop_))->prefix == "?"; }));
}

INSTANTIATE_TEST_SUITE_P(Dialects, GuildRepositoryTest, ::testing::ValuesIn(test_support::dialects()),
                         test_support::DialectName());

}  // namespace
}  // namespace guildhall::database
