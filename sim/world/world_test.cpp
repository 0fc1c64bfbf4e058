#include "sim/world/world.hpp"

#include <gtest/gtest.h>

namespace guildhall::sim {
namespace {

class WorldTest : public testing::Test {
 protected:
  WorldTest() {
    world.application.id = ApplicationId{1};
    world.application.name = "App";
    world.application.owner_id = ada;
    for (const UserId id : {ada, grace}) {
      User user;
      user.id = id;
      user.username = "p" + id.to_string();
      world.add_user(user).value();
    }
    world.add_guild(guild_of(grace)).value();
  }

  static Guild guild_of(UserId owner) {
    Guild guild;
    guild.id = workshop;
    guild.name = "Workshop";
    guild.owner_id = owner;
    return guild;
  }

  static constexpr UserId ada{10};
  static constexpr UserId grace{11};
  static constexpr UserId stranger{99};
  static constexpr GuildId workshop{20};
  World world;
};

TEST_F(WorldTest, AnIdIsGivenOnce) {
  EXPECT_EQ(world.add_user(*world.find_user(ada)).error().code, base::Errc::conflict);
  EXPECT_EQ(world.add_guild(guild_of(ada)).error().code, base::Errc::conflict);
  User bot;
  bot.id = UserId{1};
  EXPECT_EQ(world.add_user(bot).error().code, base::Errc::conflict) << "the bot has the application's id";
}

TEST_F(WorldTest, OwnersStay) {
  EXPECT_EQ(world.remove_user(grace).error().code, base::Errc::conflict);
  EXPECT_EQ(world.remove_user(ada).error().code, base::Errc::conflict) << "she owns the application";
  EXPECT_EQ(world.remove_member(workshop, grace).error().code, base::Errc::conflict);
}

TEST_F(WorldTest, WhoLeavesTheWorldLeavesItsGuilds) {
  User linus;
  linus.id = UserId{12};
  linus.username = "linus";
  world.add_user(linus).value();
  world.put_member(workshop, linus.id, manage_guild).value();
  EXPECT_EQ(world.guilds_of(linus.id).size(), 1U);
  world.remove_user(linus.id).value();
  EXPECT_FALSE(world.find_guild(workshop)->members.contains(linus.id));
}

TEST_F(WorldTest, AGuildHasNoStrangersInIt) {
  EXPECT_EQ(world.put_member(workshop, stranger, {}).error().code, base::Errc::not_found);
  EXPECT_EQ(world.change_guild(guild_of(stranger)).error().field, "/ownerId");
  EXPECT_EQ(world.find_guild(workshop)->owner_id, grace) << "a change that is refused changes nothing";
}

TEST_F(WorldTest, ANewOwnerIsAMember) {
  world.change_guild(guild_of(ada)).value();
  EXPECT_EQ(world.guilds_of(ada).size(), 1U);
}

TEST_F(WorldTest, TheBotIsWhereItIsLetIn) {
  EXPECT_EQ(world.guilds_of_bot().size(), 1U);
  Guild without = *world.find_guild(workshop);
  without.bot = false;
  world.change_guild(without).value();
  EXPECT_TRUE(world.guilds_of_bot().empty());
}

TEST_F(WorldTest, AGuildHasWhatEveryGuildHas) {
  const Guild& guild = *world.find_guild(workshop);
  EXPECT_EQ(guild.roles.at(RoleId{20}).name, "@everyone");
  ASSERT_EQ(guild.channels.size(), 1U);
  const auto& [id, channel] = *guild.channels.begin();
  EXPECT_EQ(channel.name, "general");
  EXPECT_EQ(world.find_channel(id), &channel);
  EXPECT_EQ(guild.permissions_of_bot(), everyone_permissions | bot_permissions);
}

TEST_F(WorldTest, PermissionsAreThoseOfEveryoneAndOfOnesRoles) {
  Guild guild = guild_of(grace);
  guild.roles[RoleId{20}] = {.id = RoleId{20}, .name = "@everyone", .permissions = Permissions{1}};
  guild.roles[RoleId{5}] = {.id = RoleId{5}, .name = "mods", .permissions = manage_guild};
  guild.roles[RoleId{6}] = {.id = RoleId{6}, .name = "admins", .permissions = administrator};
  guild.members[ada].roles = {RoleId{5}};
  world.change_guild(guild).value();
  EXPECT_EQ(world.find_guild(workshop)->permissions_of(ada), Permissions{1} | manage_guild);
  guild.members[ada].roles = {RoleId{6}};
  world.change_guild(guild).value();
  EXPECT_EQ(world.find_guild(workshop)->permissions_of(ada), all_permissions);
  guild.members[ada].roles = {RoleId{7}};
  EXPECT_EQ(world.change_guild(guild).error().field, "/members") << "there is no such role";
}

TEST_F(WorldTest, WhatAMemberIsLetInWithIsARoleOfTheirOwn) {
  world.put_member(workshop, ada, manage_guild).value();
  const auto role = world.find_guild(workshop)->members.at(ada).roles.at(0);
  world.put_member(workshop, ada, administrator).value();
  EXPECT_EQ(world.find_guild(workshop)->members.at(ada).roles, std::vector{role}) << "the role changes, and stays one";
  world.put_member(workshop, ada, {}).value();
  EXPECT_FALSE(world.find_guild(workshop)->roles.contains(role));
  world.put_member(workshop, ada, administrator).value();
  world.remove_member(workshop, ada).value();
  EXPECT_EQ(world.find_guild(workshop)->roles.size(), 2U) << "@everyone and the bot's";
}

TEST_F(WorldTest, AChannelIsInOneGuild) {
  Guild other = guild_of(ada);
  other.id = GuildId{21};
  other.channels = world.find_guild(workshop)->channels;
  const ChannelId taken = other.channels.begin()->first;
  EXPECT_EQ(world.add_guild(other).error().field, "/channels");
  world.remove_guild(workshop).value();
  EXPECT_EQ(world.find_channel(taken), nullptr);
  world.add_guild(other).value();
  EXPECT_EQ(world.find_channel(taken)->guild, GuildId{21});
}

TEST_F(WorldTest, APersonAndTheBotHaveOneChannelForTwo) {
  const ChannelId id = world.open_direct_message(ada).value();
  EXPECT_EQ(world.open_direct_message(ada).value(), id);
  EXPECT_NE(world.open_direct_message(grace).value(), id);
  EXPECT_EQ(world.find_channel(id)->recipient, ada);
}

}  // namespace
}  // namespace guildhall::sim
