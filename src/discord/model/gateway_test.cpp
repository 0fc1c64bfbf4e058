#include "discord/model/gateway.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace guildhall::discord {
namespace {

namespace json = boost::json;

json::object dispatched() {
  return json::parse(R"({"v":10,"user":{"id":"1","username":"bot"},"session_id":"s","shard":[1,4],
      "guilds":[{"id":"100","unavailable":true},{"id":"200","unavailable":true}],"application":{"id":"2","flags":0}})")
      .as_object();
}

TEST(Ready, IsParsed) {
  const auto ready = parse_ready(dispatched());
  EXPECT_EQ(ready.user, R"({"id":"1","username":"bot"})");
  EXPECT_EQ(ready.user_id, base::UserId{1});
  EXPECT_EQ(ready.application, ApplicationId{2});
  EXPECT_EQ(ready.shards, 4U);
  EXPECT_EQ(ready.guilds, (std::vector{base::GuildId{100}, base::GuildId{200}}));
  EXPECT_TRUE(ready.complete);
}

TEST(Ready, TheShardMayBeAbsent) {
  auto single = dispatched();
  single.erase("shard");
  EXPECT_EQ(parse_ready(single).shards, 1U);
  EXPECT_TRUE(parse_ready(single).complete);
}

TEST(Ready, SaysWhereItHasGaps) {
  for (const auto* odd : {"null", "7", "{}", "[]", R"({"id":7})"}) {
    auto broken = dispatched();
    broken["user"] = json::parse(odd);
    broken["application"] = json::parse(odd);
    const auto ready = parse_ready(broken);
    EXPECT_EQ(ready.user, "") << odd;
    EXPECT_EQ(ready.application, ApplicationId{}) << odd;
    EXPECT_TRUE(ready.complete) << odd;
    broken["guilds"] = json::parse(R"([{"id":"100"},)" + std::string(odd) + R"(,{"id":"200"}])");
    EXPECT_EQ(parse_ready(broken).guilds.size(), 2U) << odd;
    EXPECT_FALSE(parse_ready(broken).complete) << "or the bot would seem to have left that guild";
  }
  auto without = dispatched();
  without.erase("application");
  EXPECT_EQ(parse_ready(without).application, ApplicationId{1}) << "the bot's id";
  for (const auto* shard : {"null", "[1]", "[0,0]", R"([0,"4"])", "7"}) {
    auto broken = dispatched();
    broken["shard"] = json::parse(shard);
    EXPECT_FALSE(parse_ready(broken).complete) << shard;
  }
}

TEST(GatewayBot, WhatDiscordDoesNotSayIsAsForASmallBot) {
  const auto parse = [](const char* text) { return parse_gateway_bot(json::parse(text)); };
  for (const auto* text : {"null", "[]", "{}", R"({"url":null,"shards":1})", R"({"url":""})"}) {
    EXPECT_FALSE(parse(text)) << text;
  }
  for (const auto* text :
       {R"({"url":"wss://a"})", R"({"url":"wss://a","shards":null,"session_start_limit":null})",
        R"({"url":"wss://a","shards":"many","session_start_limit":[]})",
        R"({"url":"wss://a","shards":0,"session_start_limit":{"total":null,"remaining":"x","max_concurrency":0}})"}) {
    const auto bot = parse(text);
    ASSERT_TRUE(bot) << text;
    EXPECT_EQ(bot->shards, 1U) << text;
    EXPECT_EQ(bot->session_start_limit.remaining, 1000U) << text;
    EXPECT_EQ(bot->session_start_limit.max_concurrency, 1U) << text;
  }
  const auto bot = parse(R"({"url":"wss://a","shards":16,"new":{},
      "session_start_limit":{"total":2000,"remaining":0,"reset_after":1000,"max_concurrency":16}})");
  EXPECT_EQ(bot->shards, 16U);
  EXPECT_EQ(bot->session_start_limit.remaining, 0U);
  EXPECT_EQ(bot->session_start_limit.reset_after, std::chrono::milliseconds(1000));
  EXPECT_EQ(bot->session_start_limit.max_concurrency, 16U);
}

}  // namespace

}  // namespace guildhall::discord
