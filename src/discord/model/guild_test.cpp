#include "discord/model/guild.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "discord/model/user.hpp"

namespace guildhall::discord {
namespace {

namespace json = boost::json;

json::object object(const char* text) { return json::parse(text).as_object(); }

TEST(RoleOfAnEvent, NeedsAnIdAndPermissions) {
  for (const auto* text : {"{}", R"({"id":"7"})", R"({"id":7,"permissions":"8"})", R"({"id":"7","permissions":8})",
                           R"({"id":"7","permissions":null})"}) {
    EXPECT_FALSE(parse_role(object(text))) << text;
  }
  const auto role = parse_role(object(R"({"id":"7","permissions":"8","name":7,"color":-1,"position":99999999999,
      "hoist":1,"managed":"x","mentionable":null,"tags":[],"new":{"id":"1"}})"));
  ASSERT_TRUE(role);
  EXPECT_EQ(role->permissions.bits(), 8U);
  EXPECT_EQ(role->color, 0U);
  EXPECT_EQ(role->position, 0);
  EXPECT_EQ(parse_role(object(R"({"id":"7","permissions":"0","tags":{"bot_id":"42"}})"))->bot, base::UserId{42});
}

TEST(ChannelOfAnEvent, IsUnknownIfItIsNotKnownWhoMaySeeIt) {
  for (const auto* text :
       {"{}", R"({"id":"5"})", R"({"id":"5","type":"text"})",
        R"({"id":"5","type":0,"permission_overwrites":[{"id":"7","type":0,"deny":1024}]})",
        R"({"id":"5","type":0,"permission_overwrites":[{"type":0,"deny":"1024"}]})",
        R"({"id":"5","type":0,"permission_overwrites":[{"id":"7","deny":"1024"}]})",
        R"({"id":"5","type":0,"permission_overwrites":[{"id":"7","type":"1","deny":"1024"}]})",
        R"({"id":"5","type":0,"permission_overwrites":[null]})", R"({"id":"5","type":0,"permission_overwrites":{}})"}) {
    EXPECT_FALSE(parse_channel(object(text))) << text;
  }
  const auto channel = parse_channel(object(R"({"id":"5","type":99,"parent_id":[],"thread_metadata":7,
      "permission_overwrites":[{"id":"7","type":9,"allow":"1024","new":0}]})"));
  ASSERT_TRUE(channel);
  EXPECT_EQ(channel->type, 99);
  EXPECT_EQ(channel->parent, ChannelId{});
  EXPECT_EQ(channel->overwrites.size(), 1U);
  EXPECT_TRUE(parse_channel(object(R"({"id":"5","type":0,"permission_overwrites":null})")));
}

TEST(MemberOfAnAnswer, LosesOddRolesOnly) {
  const auto member = parse_member(object(R"({"user":{"id":"2"},"roles":["7",7,null,"8"],"nick":5})"));
  ASSERT_TRUE(member);
  EXPECT_EQ(member->roles, (std::vector{DiscordRoleId{7}, DiscordRoleId{8}}));
  EXPECT_FALSE(parse_member(object(R"({"roles":[]})")));
  EXPECT_FALSE(parse_member(object(R"({"user":{"id":"2"}})"))) << "nothing would remain of the member's rights";
}

TEST(PartialGuilds, LoseOnlyThoseWithoutAnId) {
  const auto guilds = parse_partial_guilds(json::parse(R"([null,7,{},{"id":5},
      {"id":"1","name":null,"icon":5,"owner":"yes","permissions":8,"features":null},
      {"id":"2","name":"B","icon":"i","owner":true,"permissions":"8"}])"));
  ASSERT_TRUE(guilds);
  ASSERT_EQ(guilds->size(), 2U);
  EXPECT_EQ(guilds->at(0).name, "1");
  EXPECT_FALSE(guilds->at(0).manageable());
  EXPECT_TRUE(guilds->at(1).manageable());
  EXPECT_FALSE(parse_partial_guilds(json::parse(R"({"message":"?"})")));
}

TEST(User, NeedsAnId) {
  const auto user = parse_user(json::parse(R"({"id":"1","username":null,"global_name":5,"avatar":{},"email":false})"));
  ASSERT_TRUE(user);
  EXPECT_EQ(user->username, "1");
  EXPECT_EQ(user->email, std::nullopt);
  EXPECT_FALSE(parse_user(json::parse(R"({"username":"ada"})")));
}

}  // namespace
}  // namespace guildhall::discord
