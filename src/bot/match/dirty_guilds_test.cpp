#include "bot/match/dirty_guilds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace guildhall::bot {
namespace {

using base::GuildId;
using ::testing::UnorderedElementsAre;

TEST(DirtyGuilds, StayMarkedUntilTheyAreRead) {
  DirtyGuilds dirty;
  EXPECT_TRUE(dirty.next(10).empty());
  dirty.mark(GuildId{1});
  dirty.mark(GuildId{2});
  EXPECT_TRUE(dirty.contains(GuildId{1}));
  EXPECT_FALSE(dirty.contains(GuildId{3}));
  const auto batch = dirty.next(10);
  EXPECT_THAT(batch.guilds, UnorderedElementsAre(GuildId{1}, GuildId{2}));
  dirty.clear(batch);
  EXPECT_FALSE(dirty.contains(GuildId{1}));
  EXPECT_EQ(dirty.next(1).guilds.size(), 0U);
}

TEST(DirtyGuilds, AMarkMadeWhileReadingStays) {
  DirtyGuilds dirty;
  dirty.mark(GuildId{1});
  const auto batch = dirty.next(10);
  dirty.mark(GuildId{1});
  dirty.clear(batch);
  EXPECT_TRUE(dirty.contains(GuildId{1}));
}

TEST(DirtyGuilds, AMarkOfAllCoversEach) {
  DirtyGuilds dirty;
  dirty.mark(GuildId{1});
  dirty.mark_all();
  EXPECT_TRUE(dirty.contains(GuildId{3}));
  const auto batch = dirty.next(10);
  EXPECT_TRUE(batch.all);
  dirty.mark(GuildId{2});
  dirty.clear(batch);
  EXPECT_FALSE(dirty.contains(GuildId{1}));
  EXPECT_FALSE(dirty.contains(GuildId{3}));
  EXPECT_TRUE(dirty.contains(GuildId{2}));
}

TEST(DirtyGuilds, ComeInBatches) {
  DirtyGuilds dirty;
  for (std::uint64_t id = 1; id <= 5; ++id) dirty.mark(GuildId{id});
  EXPECT_EQ(dirty.next(2).guilds.size(), 2U);
}

}  // namespace
}  // namespace guildhall::bot
