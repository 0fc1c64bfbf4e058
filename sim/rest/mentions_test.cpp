#include "sim/rest/mentions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/demo_world_ids.hpp"
#include "sim/world/world_json.hpp"

namespace guildhall::sim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using demo::ada;
using demo::grace;
using demo::workshop;
constexpr Permissions may_mention_all{1ULL << 17};

class MentionsTest : public testing::Test {
 protected:
  MentionsTest() {
    Guild guild = *world.find_guild(workshop);
    Role helpers;
    helpers.id = RoleId{71};
    helpers.name = "helpers";
    helpers.mentionable = true;
    Role staff;
    staff.id = RoleId{72};
    staff.name = "staff";
    guild.roles.emplace(helpers.id, helpers);
    guild.roles.emplace(staff.id, staff);
    EXPECT_TRUE(world.change_guild(guild));
  }

  Message message(std::string content, const AllowedMentions& allowed = {}, Permissions author = {},
                  std::optional<UserId> replied = {}) {
    Message made;
    made.guild = workshop;
    made.content = std::move(content);
    set_mentions(made, world, allowed, author, replied);
    return made;
  }

  World world = demo_world();
};

TEST_F(MentionsTest, ThoseWhoAreNamedOnceEach) {
  const auto made = message("<@2000000000000000001> <@!2000000000000000002> <@2000000000000000001> <@99> <@x");
  EXPECT_THAT(made.mentions, ElementsAre(ada, grace));
}

TEST_F(MentionsTest, OnlyWhomTheAllowancesLet) {
  const AllowedMentions none{false, false, false, false, {}, {}};
  const auto silent = message("<@2000000000000000001> <@&71> @everyone", none, may_mention_all, grace);
  EXPECT_THAT(silent.mentions, IsEmpty());
  EXPECT_THAT(silent.mention_roles, IsEmpty());
  EXPECT_FALSE(silent.mention_everyone);

  AllowedMentions one = none;
  one.users = {grace};
  EXPECT_THAT(message("<@2000000000000000001> <@2000000000000000002>", one).mentions, ElementsAre(grace));
  EXPECT_THAT(message("x", {}, {}, grace).mentions, ElementsAre(grace)) << "whom it answers";
}

TEST_F(MentionsTest, RolesThatCannotBeMentionedAndEveryoneNeedThePermission) {
  EXPECT_THAT(message("<@&71> <@&72>").mention_roles, ElementsAre(RoleId{71}));
  EXPECT_THAT(message("<@&71> <@&72>", {}, may_mention_all).mention_roles, ElementsAre(RoleId{71}, RoleId{72}));
  EXPECT_FALSE(message("@here").mention_everyone);
  EXPECT_TRUE(message("@here", {}, may_mention_all).mention_everyone);
}

}  // namespace
}  // namespace guildhall::sim
