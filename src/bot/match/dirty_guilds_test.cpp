#include "bot/match/dirty_guilds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace guildhall::bot {
namespace {

using base::GuildId;
using ::testing::UnorderedElementsAre;

TEST(DirtyGuilds, AreThoseMarkedUntilTheyAreRead) {
  DirtyGuilds stale;
  EXPECT_TRUE(stale.next(10).empty());
  stale.mark(GuildId{1});
  stale.mark(GuildId{2});
  EXPECT_TRUE(stale.contains(GuildId{1}));
  EXPECT_FALSE(stale.contains(GuildId{3}));
  const auto batch = stale.next(10);
  EXPECT_THAT(batch.guilds, UnorderedElementsAre(GuildId{1}, GuildId{2}));
  stale.settle(batch);
  EXPECT_FALSE(stale.contains(GuildId{1}));
  EXPECT_EQ(stale.next(1).guilds.size(), 0U);
}

TEST(DirtyGuilds, AMarkMadeWhileReadingStays) {
  DirtyGuilds stale;
  stale.mark(GuildId{1});
  const auto batch = stale.next(10);
  stale.mark(GuildId{1});
  stale.settle(batch);
  EXPECT_TRUE(stale.contains(GuildId{1}));
}

TEST(DirtyGuilds, AllOfThemCoverEach) {
  DirtyGuilds stale;
  stale.mark(GuildId{1});
  stale.mark_all();
  EXPECT_TRUE(stale.contains(GuildId{3}));
  const auto batch = stale.next(10);
  EXPECT_TRUE(batch.all);
  stale.mark(GuildId{2});
  stale.settle(batch);
  EXPECT_FALSE(stale.contains(GuildId{1}));
  EXPECT_FALSE(stale.contains(GuildId{3}));
  EXPECT_TRUE(stale.contains(GuildId{2}));
}

TEST(DirtyGuilds, ComeInBatches) {
  DirtyGuilds stale;
  for (std::uint64_t id = 1; id <= 5; ++id) stale.mark(GuildId{id});
  EXPECT_EQ(stale.next(2).guilds.size(), 2U);
}

}  // namespace
}  // namespace guildhall::bot
