#include "discord/cache/guild_cache.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace guildhall::discord {
namespace {

using base::GuildId;
using base::UserId;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr GuildId guild_id{100};
constexpr DiscordRoleId everyone{100};
constexpr DiscordRoleId admins{7};
constexpr DiscordRoleId managers{8};
constexpr DiscordRoleId singers{9};
constexpr UserId owner{1};
constexpr UserId ada{2};
constexpr UserId bob{3};
constexpr std::uint64_t speak = 1ULL << 11U;
constexpr std::uint64_t sing = 1ULL << 21U;

Guild make_guild() {
  Guild guild{guild_id};
  guild.name = "Workshop";
  guild.owner = owner;
  guild.roles = {{everyone, Permissions(speak)},
                 {singers, Permissions(sing)},
                 {managers, Permissions(Permissions::manage_guild)},
                 {admins, Permissions(Permissions::administrator)}};
  return guild;
}

class GuildCacheTest : public ::testing::Test {
 protected:
  GuildCacheTest() {
    cache_.guild_create(0, make_guild());
    lost_.clear();
  }

  [[nodiscard]] bool manages(UserId user) const {
    const auto permissions = cache_.permissions(guild_id, user);
    return permissions && permissions->may_manage_guild();
  }

  std::vector<std::string> lost_;
  bool connected_ = true;
  GuildCache cache_{{true, [this](unsigned) { return connected_; },
                     [this](GuildId guild, std::optional<UserId> user) {
                       lost_.push_back(guild.to_string() + " " + (user ? user->to_string() : "anybody"));
                     }}};
};

TEST_F(GuildCacheTest, DescribesAGuildAsTheLastEventsDo) {
  auto guild = make_guild();
  guild.icon = "hash";
  guild.member_count = 7;
  guild.roles.at(1).name = "Singers";
  guild.roles.at(1).color = 0xff0000;
  cache_.guild_create(0, guild);
  cache_.member_joined(guild_id);
  guild.name = "Renamed";
  guild.member_count.reset();
  cache_.guild_update(guild);
  cache_.role_set(guild_id, {.id = singers, .permissions = {}, .name = "Choir", .position = 3});
  cache_.member_remove(guild_id, ada);
  cache_.member_remove(guild_id, bob);
  const auto known = cache_.description(guild_id);
  ASSERT_TRUE(known);
  EXPECT_EQ(known->name, "Renamed");
  EXPECT_EQ(known->icon, "hash");
  EXPECT_EQ(known->owner, owner);
  EXPECT_EQ(known->member_count, 6U);
  ASSERT_EQ(known->roles.size(), 4U);
  EXPECT_EQ(known->roles.at(2).name, "Choir");
  EXPECT_EQ(known->roles.at(2).color, 0U);
  EXPECT_EQ(known->roles.at(2).position, 3);
  cache_.guild_unavailable(0, guild_id);
  EXPECT_FALSE(cache_.description(guild_id));
}

TEST_F(GuildCacheTest, TheOwnerMayDoEverything) {
  EXPECT_EQ(cache_.permissions(guild_id, owner)->bits(), Permissions::all);
  EXPECT_EQ(cache_.permissions(guild_id, ada), std::nullopt) << "a member that was not stored";
  EXPECT_EQ(cache_.permissions(GuildId{5}, owner), std::nullopt);
}

TEST_F(GuildCacheTest, AMemberMayDoWhatTheirRolesPermit) {
  cache_.member_set(guild_id, {ada, {singers, managers}});
  EXPECT_EQ(cache_.permissions(guild_id, ada)->bits(), speak | sing | Permissions::manage_guild);
  cache_.member_set(guild_id, {bob, {admins}});
  EXPECT_EQ(cache_.permissions(guild_id, bob)->bits(), Permissions::all);
  EXPECT_THAT(lost_, IsEmpty());
  const Member singer{UserId{4}, {singers}};
  cache_.member_set(guild_id, singer);
  EXPECT_EQ(cache_.permissions(guild_id, singer.user), std::nullopt) << "members without the permission are not stored";
}

TEST_F(GuildCacheTest, LosingARoleRevokesPermissions) {
  cache_.member_set(guild_id, {ada, {singers, managers}});
  cache_.member_set(guild_id, {ada, {managers}});
  EXPECT_TRUE(manages(ada));
  EXPECT_THAT(lost_, IsEmpty());
  cache_.member_set(guild_id, {ada, {singers}});
  EXPECT_FALSE(manages(ada));
  EXPECT_THAT(lost_, ElementsAre("100 2"));
}

TEST_F(GuildCacheTest, LeavingRevokesPermissions) {
  cache_.member_set(guild_id, {ada, {managers}});
  cache_.member_remove(guild_id, ada);
  EXPECT_FALSE(manages(ada));
  EXPECT_THAT(lost_, ElementsAre("100 2"));
}

TEST_F(GuildCacheTest, ReducingARoleRevokesPermissionsOfAll) {
  cache_.member_set(guild_id, {ada, {managers}});
  cache_.role_set(guild_id, {managers, Permissions(Permissions::manage_guild | speak)});
  EXPECT_TRUE(manages(ada));
  EXPECT_THAT(lost_, IsEmpty());
  cache_.role_set(guild_id, {managers, Permissions(speak)});
  EXPECT_EQ(cache_.permissions(guild_id, ada)->bits(), speak);
  EXPECT_THAT(lost_, ElementsAre("100 anybody"));
}

TEST_F(GuildCacheTest, DeletingARoleRevokesPermissionsOfAll) {
  cache_.member_set(guild_id, {ada, {managers}});
  cache_.role_delete(guild_id, singers);
  EXPECT_THAT(lost_, IsEmpty());
  cache_.role_delete(guild_id, managers);
  EXPECT_FALSE(manages(ada));
  EXPECT_THAT(lost_, ElementsAre("100 anybody"));
}

TEST_F(GuildCacheTest, ANewOwnerTakesOver) {
  auto guild = make_guild();
  guild.owner = ada;
  cache_.guild_update(guild);
  EXPECT_TRUE(manages(ada));
  EXPECT_FALSE(manages(owner));
  EXPECT_THAT(lost_, ElementsAre("100 anybody"));
}

TEST_F(GuildCacheTest, AnUpdateOfTheGuildKeepsItsMembers) {
  cache_.member_set(guild_id, {ada, {managers}});
  cache_.guild_update(make_guild());
  EXPECT_TRUE(manages(ada));
}

TEST_F(GuildCacheTest, PermissionsAreUnknownWhileTheGuildIsUnavailable) {
  cache_.guild_unavailable(0, guild_id);
  EXPECT_EQ(cache_.permissions(guild_id, owner), std::nullopt);
  EXPECT_EQ(cache_.size(), 1U);
  cache_.guild_create(0, make_guild());
  EXPECT_TRUE(manages(owner));
  EXPECT_THAT(lost_, ElementsAre("100 anybody")) << "changes in the meantime are unknown";
  connected_ = false;
  EXPECT_EQ(cache_.permissions(guild_id, owner), std::nullopt);
}

TEST_F(GuildCacheTest, ANewSessionHasGuildsWithUnknownPermissions) {
  cache_.guild_create(1, Guild{GuildId{200}});
  cache_.guild_create(0, Guild{GuildId{300}});
  lost_.clear();
  cache_.ready(0, std::vector{guild_id});
  EXPECT_EQ(cache_.size(), 2U) << "the other shard's guild stays";
  EXPECT_EQ(cache_.permissions(guild_id, owner), std::nullopt);
  EXPECT_THAT(lost_, ElementsAre("300 anybody"));
}

TEST_F(GuildCacheTest, AGuildThatWasLeftIsForgotten) {
  cache_.guild_left(guild_id);
  EXPECT_EQ(cache_.size(), 0U);
  EXPECT_EQ(cache_.permissions(guild_id, owner), std::nullopt);
  EXPECT_THAT(lost_, ElementsAre("100 anybody"));
}

TEST_F(GuildCacheTest, StoresMembersFromRestUnlessTheGuildHasChanged) {
  auto version = cache_.version(guild_id);
  cache_.remember(guild_id, {ada, {managers}}, version);
  EXPECT_TRUE(manages(ada));
  version = cache_.version(guild_id);
  cache_.member_remove(guild_id, bob);
  cache_.remember(guild_id, {bob, {managers}}, version);
  EXPECT_FALSE(manages(bob));
}

TEST(GuildCache, StoresNoMembersWithoutTheirEvents) {
  GuildCache cache({});
  auto guild = make_guild();
  guild.members = {{ada, {managers}}};
  cache.guild_create(0, guild);
  cache.member_set(guild_id, {ada, {managers}});
  cache.remember(guild_id, {ada, {managers}}, cache.version(guild_id));
  EXPECT_EQ(cache.permissions(guild_id, ada), std::nullopt);
}

TEST(GuildEntry, IsSmall) {
  EXPECT_LE(sizeof(GuildEntry), 64U);
  GuildEntry entry(make_guild());
  for (std::uint64_t user = 10; user < 5000; ++user) entry.set_member(guild_id, {UserId{user}, {managers}});
  EXPECT_TRUE(entry.permissions(guild_id, UserId{10}));
  EXPECT_EQ(entry.permissions(guild_id, UserId{4999}), std::nullopt) << "beyond the maximum";
}

}  // namespace
}  // namespace guildhall::discord
