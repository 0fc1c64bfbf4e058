#include "bot/guilds/guild_table.hpp"

#include <gtest/gtest.h>

#include "bot/test_support.hpp"

namespace guildhall::bot {
namespace {

using base::GuildId;
using test::run;

/// The id of a guild whose events come from shard `shard` of two.
GuildId id_on(unsigned shard, std::uint64_t number = 0) { return GuildId{((number * 2 + shard) << 22U) + 1}; }

class GuildTableTest : public ::testing::Test {
 protected:
  GuildTableTest() { loop_.spawn(table_.run()); }

  [[nodiscard]] bool is_present(GuildId id) {
    const auto guild = run(store_.guilds.find(id));
    return guild && !guild->left_at;
  }

  test_support::Store store_;
  test::TestLoop loop_;
  GuildTable table_{store_.guilds, store_.log};
};

TEST_F(GuildTableTest, RecordsJoinsAndLeaves) {
  table_.update({id_on(0), "Workshop", "icon"});
  ASSERT_TRUE(loop_.until([&] { return is_present(id_on(0)); }));
  EXPECT_EQ(run(store_.guilds.find(id_on(0)))->icon, "icon");
  ASSERT_TRUE(run(store_.guilds.update(id_on(0), {"?", {}}, database::test_support::unruled_guild)));

  table_.remove(id_on(0));
  ASSERT_TRUE(loop_.until([&] { return !is_present(id_on(0)); }));
  table_.update({id_on(0), "Workshop II", {}});
  ASSERT_TRUE(loop_.until([&] { return is_present(id_on(0)); }));
  const auto guild = run(store_.guilds.find(id_on(0)));
  EXPECT_EQ(guild->name, "Workshop II");
  EXPECT_EQ(guild->prefix, "?");
}

TEST_F(GuildTableTest, MarksGuildsMissingFromAShardAsLeft) {
  for (const auto id : {id_on(0, 1), id_on(0, 2), id_on(1, 1)}) store_.make_guild(id);
  table_.set_shard(0, 2, {id_on(0, 1)});
  ASSERT_TRUE(loop_.until([&] { return !is_present(id_on(0, 2)); }));
  EXPECT_TRUE(is_present(id_on(0, 1)));
  EXPECT_TRUE(is_present(id_on(1, 1))) << "belongs to another shard";
}

TEST_F(GuildTableTest, KeepsGuildsJoinedAfterTheShardsList) {
  table_.set_shard(0, 2, {});
  table_.update({id_on(0), "Workshop", {}});
  ASSERT_TRUE(loop_.until([&] { return is_present(id_on(0)); }));
  EXPECT_FALSE(store_.records->has("left guilds"));
}

TEST_F(GuildTableTest, WritesManyGuildsInFewTransactions) {
  constexpr std::size_t many = 2000;
  const auto before = store_.database->counters().commits;
  for (std::uint64_t i = 0; i < many; ++i) table_.update({id_on(0, i), "Guild " + std::to_string(i), {}});
  ASSERT_TRUE(loop_.until([&] { return store_.records->has("joined=2000"); }));
  EXPECT_LE(store_.database->counters().commits - before, 10U);
}

TEST_F(GuildTableTest, WritesTheLatestChange) {
  table_.update({id_on(0), "Workshop", {}});
  table_.remove(id_on(0));
  table_.update({id_on(1), "Harbour", {}});
  ASSERT_TRUE(loop_.until([&] { return is_present(id_on(1)); }));
  EXPECT_FALSE(is_present(id_on(0)));
}

}  // namespace
}  // namespace guildhall::bot
