#include "discord/model/gateway.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace guildhall::discord {
namespace {

namespace json = boost::json;

json::object event() {
  return json::parse(R"({"v":10,"user":{"id":"1","username":"bot"},"session_id":"s","shard":[1,4],
      "guilds":[{"id":"100","unavailable":true},{"id":"200","unavailable":true}],"application":{"id":"2","flags":0}})")
      .as_object();
}

TEST(Ready, IsParsed) {
  const auto ready = parse_ready(event());
  ASSERT_TRUE(ready);
  EXPECT_EQ(ready->user, R"({"id":"1","username":"bot"})");
  EXPECT_EQ(ready->application, ApplicationId{2});
  EXPECT_EQ(ready->shard, 1U);
  EXPECT_EQ(ready->shards, 4U);
  EXPECT_EQ(ready->guilds, (std::vector{base::GuildId{100}, base::GuildId{200}}));
}

TEST(Ready, TheShardMayBeAbsent) {
  auto single = event();
  single.erase("shard");
  EXPECT_EQ(parse_ready(single)->shards, 1U);
}

TEST(Ready, RequiresItsFields) {
  for (const auto* name : {"user", "guilds", "application"}) {
    auto broken = event();
    broken.erase(name);
    EXPECT_FALSE(parse_ready(broken)) << name;
  }
  auto broken = event();
  broken["shard"] = json::array{4, 4};
  EXPECT_FALSE(parse_ready(broken));
  broken["shard"] = json::array{-1, 4};
  EXPECT_FALSE(parse_ready(broken));
}

}  // namespace

}  // namespace guildhall::discord
