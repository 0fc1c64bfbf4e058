#include "sim/world/world.hpp"

#include <gtest/gtest.h>

namespace guildhall::sim {
namespace {

class WorldTest : public testing::Test {
 protected:
  WorldTest() {
    world.application.id = ApplicationId{1};
    world.application.owner_id = ada;
    for (const UserId id : {ada, grace}) {
      Person person;
      person.id = id;
      person.username = "p" + id.to_string();
      world.add_person(person).value();
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
  EXPECT_EQ(world.add_person(*world.find_person(ada)).error().code, base::Errc::conflict);
  EXPECT_EQ(world.add_guild(guild_of(ada)).error().code, base::Errc::conflict);
  Person bot;
  bot.id = UserId{1};
  EXPECT_EQ(world.add_person(bot).error().code, base::Errc::conflict) << "the bot has the application's id";
}

TEST_F(WorldTest, OwnersStay) {
  EXPECT_EQ(world.remove_person(grace).error().code, base::Errc::conflict);
  EXPECT_EQ(world.remove_person(ada).error().code, base::Errc::conflict) << "she owns the application";
  EXPECT_EQ(world.remove_member(workshop, grace).error().code, base::Errc::conflict);
}

TEST_F(WorldTest, WhoLeavesTheWorldLeavesItsGuilds) {
  Person linus;
  linus.id = UserId{12};
  linus.username = "linus";
  world.add_person(linus).value();
  world.put_member(workshop, linus.id, manage_guild).value();
  EXPECT_EQ(world.guilds_of(linus.id).size(), 1U);
  world.remove_person(linus.id).value();
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

}  // namespace
}  // namespace guildhall::sim
