#include "sim/rest/guild_routes.hpp"

#include "sim/rest/bot_fixture.hpp"

namespace guildhall::sim {
namespace {

using boost::json::object;
using GuildRoutesTest = BotTest;

TEST_F(GuildRoutesTest, TellsWhatIsInAGuild) {
  const std::string guild = "/guilds/3000000000000000001";
  EXPECT_EQ(json(get(guild + "/channels")).at(0).at("id").as_string(), channel.id.to_string());
  EXPECT_EQ(json(get(guild + "/roles")).at(0).at("name"), "@everyone");
  EXPECT_EQ(json(get(guild + "/members/2000000000000000001")).at_pointer("/user/username"), "ada");
  EXPECT_EQ(json(get(guild + "/members/1150000000000000000")).at_pointer("/user/bot"), true);
  EXPECT_EQ(code(get(guild + "/members/2000000000000000003")), 10007);
  EXPECT_EQ(code(get("/guilds/3000000000000000003/roles")), 10004) << "the bot is not in it";
}

TEST_F(GuildRoutesTest, MembersComeInPages) {
  const std::string members = "/guilds/3000000000000000001/members";
  EXPECT_EQ(json(get(members)).as_array().size(), 1U) << "one unless more are asked for";
  const auto page = json(get(members + "?limit=2&after=1150000000000000000"));
  ASSERT_EQ(page.as_array().size(), 2U);
  EXPECT_EQ(page.at(0).at_pointer("/user/username"), "ada");
  EXPECT_EQ(json(get(members + "?limit=1000")).as_array().size(), 4U);
}

TEST_F(GuildRoutesTest, PeopleAreKnownAndWrittenTo) {
  EXPECT_EQ(json(get("/users/2000000000000000001")).at("username"), "ada");
  EXPECT_EQ(code(get("/users/5")), 10013);
  const auto opened = json(post("/users/@me/channels", object{{"recipient_id", "2000000000000000001"}}));
  EXPECT_EQ(opened.at("type"), 1);
  const auto path = "/channels/" + std::string(opened.at("id").as_string());
  EXPECT_EQ(post(path + "/messages", object{{"content", "Psst"}}).status, 200U);
  EXPECT_TRUE(json(get(path)).at("last_message_id").is_string());
  EXPECT_EQ(code(post("/users/@me/channels", object{{"recipient_id", "5"}})), 50033);
}

TEST_F(GuildRoutesTest, AChannelIsALimitOfItsOwn) {
  sim.world.rate_limits = RateLimits();
  const auto second = sim.world.find_guild(GuildId{3000000000000000002})->channels.begin()->first.to_string();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(post(messages_path, object{{"content", "x"}}).status, 200U);
  const auto limited = post(messages_path, object{{"content", "x"}});
  EXPECT_EQ(limited.status, 429U);
  EXPECT_EQ(limited.headers.find("Retry-After"), "5");
  EXPECT_EQ(get(messages_path).status, 200U) << "another bucket";
  EXPECT_EQ(post("/channels/" + second + "/messages", object{{"content", "x"}}).status, 200U);
}

}  // namespace
}  // namespace guildhall::sim
