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
  EXPECT_LE(sizeof(GuildEntry), 192U);
  GuildEntry entry(make_guild());
  for (std::uint64_t user = 10; user < 5000; ++user) entry.set_member(guild_id, {UserId{user}, {managers}});
  EXPECT_TRUE(entry.permissions(guild_id, UserId{10}));
  EXPECT_EQ(entry.permissions(guild_id, UserId{4999}), std::nullopt) << "beyond the maximum";
}

constexpr std::uint64_t view = Permissions::view_channel;
constexpr ChannelId lobby{70};
constexpr ChannelId office{71};
constexpr ChannelId thread{72};

Overwrite role_overwrite(DiscordRoleId role, std::uint64_t allow, std::uint64_t deny) {
  return {role.value(), false, Permissions(allow), Permissions(deny)};
}
Overwrite member_overwrite(UserId user, std::uint64_t allow, std::uint64_t deny) {
  return {user.value(), true, Permissions(allow), Permissions(deny)};
}

/// Everybody sees channels, unless a test says otherwise.
class ChannelViewTest : public GuildCacheTest {
 protected:
  ChannelViewTest() {
    auto guild = make_guild();
    guild.roles[0].permissions = Permissions(view);
    guild.channels = {{.id = office}, {.id = lobby}};
    cache_.guild_create(0, guild);
    lost_.clear();
  }

  void overwrite(std::vector<Overwrite> overwrites) {
    cache_.channel_set(guild_id, {.id = lobby, .overwrites = std::move(overwrites)});
  }
  [[nodiscard]] ChannelView seen(UserId user, ChannelId channel = lobby, std::uint64_t permissions = view) const {
    return cache_.view(guild_id, user, Permissions(permissions), channel);
  }
};

TEST_F(ChannelViewTest, OwnerAndAdministratorsSeeEverything) {
  overwrite({role_overwrite(everyone, 0, view)});
  cache_.member_set(guild_id, {bob, {admins}});
  EXPECT_EQ(seen(owner), ChannelView::visible);
  EXPECT_EQ(seen(bob), ChannelView::visible);
  EXPECT_EQ(seen(ada, lobby, Permissions::administrator), ChannelView::visible);
  EXPECT_EQ(seen(owner, ChannelId{99}), ChannelView::visible);
  EXPECT_EQ(seen(ada, ChannelId{99}), ChannelView::unknown);
}

TEST_F(ChannelViewTest, OfAStoredMemberItIsKnown) {
  cache_.member_set(guild_id, {ada, {managers, singers}});
  EXPECT_EQ(seen(ada, lobby, 0), ChannelView::visible) << "what the gateway says counts";
  overwrite({role_overwrite(everyone, 0, view)});
  EXPECT_EQ(seen(ada), ChannelView::hidden);
  overwrite({role_overwrite(singers, view, 0), role_overwrite(everyone, 0, view)});
  EXPECT_EQ(seen(ada), ChannelView::visible);
  overwrite({role_overwrite(singers, view, 0), role_overwrite(managers, 0, view)});
  EXPECT_EQ(seen(ada), ChannelView::visible) << "of roles the one that allows wins";
  overwrite({role_overwrite(singers, view, 0), member_overwrite(ada, 0, view)});
  EXPECT_EQ(seen(ada), ChannelView::hidden);
  overwrite({role_overwrite(admins, 0, view), member_overwrite(bob, 0, view)});
  EXPECT_EQ(seen(ada), ChannelView::visible);
}

TEST_F(ChannelViewTest, OfAnotherMemberItIsKnownWhereItDependsOnNoRole) {
  EXPECT_EQ(seen(ada), ChannelView::visible);
  EXPECT_EQ(seen(ada, lobby, 0), ChannelView::hidden) << "no role lets them see channels";
  overwrite({role_overwrite(everyone, 0, view)});
  EXPECT_EQ(seen(ada), ChannelView::hidden);
  overwrite({role_overwrite(everyone, 0, view), member_overwrite(ada, view, 0)});
  EXPECT_EQ(seen(ada), ChannelView::visible);
  overwrite({role_overwrite(singers, 0, view)});
  EXPECT_EQ(seen(ada), ChannelView::unknown);
  overwrite({role_overwrite(everyone, 0, view), role_overwrite(singers, view, 0)});
  EXPECT_EQ(seen(ada), ChannelView::unknown);
  overwrite({role_overwrite(singers, speak, sing)});
  EXPECT_EQ(seen(ada), ChannelView::visible) << "other permissions do not matter";
}

TEST_F(ChannelViewTest, AThreadIsSeenWithItsChannel) {
  cache_.channel_set(guild_id, {.id = thread, .type = 11, .parent = office});
  EXPECT_EQ(seen(ada, thread), ChannelView::visible);
  cache_.channel_set(guild_id, {.id = office, .overwrites = {role_overwrite(everyone, 0, view)}});
  EXPECT_EQ(seen(ada, thread), ChannelView::hidden);
  cache_.channel_delete(guild_id, office);
  EXPECT_EQ(seen(ada, thread), ChannelView::unknown);
}

TEST_F(ChannelViewTest, APrivateThreadIsSurelySeenByItsModeratorsOnly) {
  cache_.channel_set(guild_id, {.id = thread, .type = Channel::private_thread, .parent = lobby});
  EXPECT_EQ(seen(ada, thread), ChannelView::unknown);
  EXPECT_EQ(seen(ada, thread, view | Permissions::manage_threads), ChannelView::visible);
  overwrite({role_overwrite(everyone, 0, view)});
  EXPECT_EQ(seen(ada, thread, view | Permissions::manage_threads), ChannelView::hidden);
}

TEST_F(ChannelViewTest, AnArchivedThreadIsForgotten) {
  cache_.channel_set(guild_id, {.id = thread, .type = 11, .parent = lobby});
  cache_.channel_set(guild_id, {.id = thread, .type = 11, .parent = lobby, .archived = true});
  EXPECT_EQ(seen(ada, thread), ChannelView::unknown);
}

TEST_F(ChannelViewTest, OutagesAndUpdates) {
  cache_.guild_update(make_guild());
  EXPECT_EQ(seen(ada), ChannelView::visible) << "GUILD_UPDATE names no channels";
  cache_.guild_unavailable(0, guild_id);
  EXPECT_EQ(seen(owner), ChannelView::unknown);
  EXPECT_EQ(seen(ada), ChannelView::unknown);
}

TEST_F(GuildCacheTest, LosingAdministratorIsALostRightToo) {
  cache_.member_set(guild_id, {ada, {admins, managers}});
  cache_.member_set(guild_id, {ada, {managers}});
  EXPECT_THAT(lost_, ElementsAre("100 2"));
  lost_.clear();
  cache_.role_set(guild_id, {admins, Permissions(Permissions::manage_guild)});
  EXPECT_THAT(lost_, ElementsAre("100 anybody"));
}

}  // namespace
}  // namespace guildhall::discord
