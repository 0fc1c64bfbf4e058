#include "sim/rest/guild_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

namespace guildhall::sim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class GuildPageTest : public testing::Test {
 protected:
  GuildPageTest() {
    for (const std::uint64_t id : {10U, 20U, 30U, 40U, 50U}) {
      Guild guild;
      guild.id = GuildId{id};
      kept.push_back(guild);
      guilds.push_back(&kept.back());
    }
  }

  std::vector<std::uint64_t> ids(const net::FormFields& query) {
    std::vector<std::uint64_t> found;
    for (const Guild* guild : select(guilds, parse_guild_page(query))) found.push_back(guild->id.value());
    return found;
  }

  std::deque<Guild> kept;
  std::vector<const Guild*> guilds;
};

TEST_F(GuildPageTest, WithoutAQueryIsAll) { EXPECT_THAT(ids({}), ElementsAre(10, 20, 30, 40, 50)); }

TEST_F(GuildPageTest, GoesForwardsAfterAnId) {
  EXPECT_THAT(ids({{"limit", "2"}}), ElementsAre(10, 20));
  EXPECT_THAT(ids({{"limit", "2"}, {"after", "20"}}), ElementsAre(30, 40));
  EXPECT_THAT(ids({{"limit", "2"}, {"after", "40"}}), ElementsAre(50));
  EXPECT_THAT(ids({{"after", "50"}}), IsEmpty());
  EXPECT_THAT(ids({{"after", "25"}, {"limit", "1"}}), ElementsAre(30)) << "the id need not be one of the guilds";
}

TEST_F(GuildPageTest, GoesBackwardsBeforeAnId) {
  EXPECT_THAT(ids({{"limit", "2"}, {"before", "50"}}), ElementsAre(30, 40));
  EXPECT_THAT(ids({{"before", "10"}}), IsEmpty());
}

TEST_F(GuildPageTest, MayBeBoundedOnBothSides) {
  EXPECT_THAT(ids({{"after", "10"}, {"before", "50"}, {"limit", "2"}}), ElementsAre(20, 30));
}

TEST_F(GuildPageTest, RefusesWhatDiscordRefuses) {
  for (const net::FormFields& query : std::vector<net::FormFields>{{{"limit", "0"}},
                                                                   {{"limit", "201"}},
                                                                   {{"limit", "-1"}},
                                                                   {{"limit", "ten"}},
                                                                   {{"limit", "1x"}},
                                                                   {{"limit", ""}},
                                                                   {{"after", "abc"}},
                                                                   {{"before", "18446744073709551616"}},
                                                                   {{"with_counts", "maybe"}}}) {
    try {
      static_cast<void>(parse_guild_page(query));
      ADD_FAILURE() << query.front().first << '=' << query.front().second;
    } catch (const DiscordError& error) {
      EXPECT_EQ(error.status, 400U);
      EXPECT_EQ(error.code, 50035);
    }
  }
}

TEST_F(GuildPageTest, ReadsDiscordsBooleans) {
  EXPECT_FALSE(parse_guild_page({}).with_counts);
  EXPECT_TRUE(parse_guild_page({{"with_counts", "true"}}).with_counts);
  EXPECT_TRUE(parse_guild_page({{"with_counts", "1"}}).with_counts);
  EXPECT_FALSE(parse_guild_page({{"with_counts", "False"}}).with_counts);
}

}  // namespace
}  // namespace guildhall::sim
