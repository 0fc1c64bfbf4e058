#include "api/live_event.hpp"

#include <gtest/gtest.h>

namespace guildhall::api {
namespace {

TEST(LiveEvent, TellsADispatchAsDiscordSentIt) {
  const base::GatewayDispatch dispatch{"MESSAGE_CREATE", 2, base::GuildId(18446744073709551615U), R"({"id":"7"})"};
  EXPECT_EQ(encode(dispatch),
            R"({"name":"MESSAGE_CREATE","shard":2,"guildId":"18446744073709551615","data":{"id":"7"}})");
}

TEST(LiveEvent, MayBelongToNoGuild) {
  EXPECT_EQ(encode(base::GatewayDispatch{"USER_UPDATE", 0, std::nullopt, "{}"}),
            R"({"name":"USER_UPDATE","shard":0,"guildId":null,"data":{}})");
}

TEST(LiveEvent, TellsThatTheBotIsReady) {
  EXPECT_EQ(encode(base::BotReady{R"({"id":"1"})", 12, 3}), R"({"user":{"id":"1"},"guilds":12,"shards":3})");
}

}  // namespace
}  // namespace guildhall::api
