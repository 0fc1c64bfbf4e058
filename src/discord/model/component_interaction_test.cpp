#include "discord/model/component_interaction.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace guildhall::discord {
namespace {

namespace json = boost::json;

constexpr std::string_view click = R"({"id":"9","application_id":"2","type":3,"token":"key","guild_id":"100",
    "channel_id":"50","member":{"permissions":"0","user":{"id":"6"}},"message":{"id":"800"},
    "data":{"component_type":2,"custom_id":"go"}})";

TEST(ComponentInteraction, IsReadFromItsEvent) {
  const auto read = parse_component_interaction(json::parse(click).as_object());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->id, InteractionId{9});
  EXPECT_EQ(read->application, ApplicationId{2});
  EXPECT_EQ(read->token.reveal(), "key");
  EXPECT_EQ(read->user, base::UserId{6});
  EXPECT_EQ(read->guild, base::GuildId{100});
  EXPECT_EQ(read->channel, ChannelId{50});
  EXPECT_EQ(read->message, MessageId{800});
  EXPECT_EQ(read->component_type, 2);
  EXPECT_EQ(read->custom_id, "go");
  EXPECT_TRUE(read->event.contains("data"));
  EXPECT_FALSE(read->event.contains("token"));
}

TEST(ComponentInteraction, IsNothingElse) {
  for (const auto* missing : {"id", "application_id", "type", "token", "channel_id", "member", "message", "data"}) {
    auto event = json::parse(click).as_object();
    event.erase(missing);
    EXPECT_FALSE(parse_component_interaction(std::move(event))) << missing;
  }
  auto slash = json::parse(click).as_object();
  slash["type"] = 2;
  EXPECT_FALSE(parse_component_interaction(std::move(slash)));
}

}  // namespace
}  // namespace guildhall::discord
