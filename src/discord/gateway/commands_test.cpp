#include "discord/gateway/commands.hpp"

#include <gmock/gmock.h>

#include <boost/json/parse.hpp>

#include "discord/gateway/close_codes.hpp"

namespace guildhall::discord {
namespace {

namespace json = boost::json;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(GatewayCommands, Identify) {
  GatewayOptions options;
  options.token = base::Secret("the \"token\"");
  options.intents = Intents::guilds | Intents::message_content;
  options.presence = Presence{Presence::Status::idle, Presence::Activity::watching, "the gate"};
  const auto expected = json::parse(R"({"op": 2, "d": {
    "token": "the \"token\"", "intents": 32769, "large_threshold": 50, "shard": [3, 16],
    "properties": {"os": "linux", "browser": "guildhall", "device": "guildhall"},
    "presence": {"since": null, "status": "idle", "afk": false, "activities": [{"type": 3, "name": "the gate"}]}}})");
  EXPECT_EQ(json::parse(identify_text(options, {3, 16})), expected);
}

TEST(GatewayCommands, APresenceIsCutBetweenCharacters) {
  std::string text(127, 'x');
  text += "\u00e9\u00e9";
  const auto state = to_json(Presence{{}, Presence::Activity::custom, text}).at("activities").at(0).at("state");
  EXPECT_EQ(state.as_string(), std::string(127, 'x'));
}

TEST(GatewayCommands, Members) {
  const base::GuildId guild{41771983444115456};
  EXPECT_EQ(json::parse(*members_text({guild})),
            json::parse(R"({"op": 8, "d": {"guild_id": "41771983444115456", "query": "", "limit": 0}})"));
  EXPECT_EQ(json::parse(*members_text({guild, {base::UserId{1}, base::UserId{2}}, "n"})),
            json::parse(R"({"op": 8, "d": {"guild_id": "41771983444115456", "user_ids": ["1", "2"], "nonce": "n"}})"));
  EXPECT_EQ(members_text({guild, std::vector<base::UserId>(101)}).error().field, "/users");
  EXPECT_EQ(members_text({guild, {}, std::string(33, 'n')}).error().field, "/nonce");
  const std::vector<base::UserId> most(100, base::UserId{UINT64_MAX});
  EXPECT_LE(members_text({guild, most, std::string(32, 'n')})->size(), max_command);
}

TEST(GatewayCommands, TheUrlHasVersionEncodingAndCompression) {
  EXPECT_EQ(gateway_url("wss://gateway.discord.gg", GatewayCompression::zstd_stream),
            "wss://gateway.discord.gg/?v=10&encoding=json&compress=zstd-stream");
  EXPECT_EQ(gateway_url("wss://gateway.discord.gg/", GatewayCompression::zlib_stream),
            "wss://gateway.discord.gg/?v=10&encoding=json&compress=zlib-stream");
  EXPECT_EQ(gateway_url("ws://127.0.0.1:8080/gateway?v=9", GatewayCompression::none),
            "ws://127.0.0.1:8080/gateway?v=10&encoding=json");
}

TEST(GatewayCommands, TheRemedySaysWhatToDo) {
  EXPECT_THAT(remedy_for(4004, Intents::guilds), HasSubstr("DISCORD_BOT_TOKEN"));
  EXPECT_THAT(remedy_for(4011, Intents::guilds), HasSubstr("SHARDS"));
  const auto intents = Intents::guilds | Intents::guild_members | Intents::message_content;
  EXPECT_THAT(remedy_for(4014, intents), HasSubstr("switch on Server Members Intent and Message Content Intent in"));
  EXPECT_THAT(remedy_for(4014, intents), Not(HasSubstr("Presence Intent")));
  EXPECT_EQ(describe_close(4009), "4009 Session timed out");
  EXPECT_EQ(describe_close(4242), "4242");
}

}  // namespace
}  // namespace guildhall::discord
