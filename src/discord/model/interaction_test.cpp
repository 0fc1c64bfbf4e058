#include "discord/model/interaction.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace guildhall::discord {
namespace {

namespace json = boost::json;

json::object slash_command() {
  return json::parse(R"({"id":"1","application_id":"2","type":2,"token":"key","guild_id":"100","channel_id":"3",
      "member":{"permissions":"32","user":{"id":"5"}},
      "data":{"id":"9","type":1,"name":"ping","options":[{"name":"input","type":3,"value":"hi"},
                                                         {"name":"count","type":4,"value":7}]}})")
      .as_object();
}

TEST(SlashInteraction, IsParsed) {
  const auto interaction = parse_slash_interaction(slash_command());
  ASSERT_TRUE(interaction);
  EXPECT_EQ(interaction->id, InteractionId{1});
  EXPECT_EQ(interaction->application, ApplicationId{2});
  EXPECT_EQ(interaction->token.reveal(), "key");
  EXPECT_EQ(interaction->user, base::UserId{5});
  EXPECT_EQ(interaction->guild, base::GuildId{100});
  EXPECT_EQ(interaction->permissions->bits(), 32U);
  EXPECT_EQ(interaction->command, "ping");
  EXPECT_EQ(interaction->string_options.size(), 1U);
  EXPECT_EQ(interaction->string_options.at("input"), "hi");
}

TEST(SlashInteraction, OutsideOfGuildsHasNoPermissions) {
  auto event = slash_command();
  event.erase("guild_id");
  event.erase("member");
  event["user"] = json::object{{"id", "6"}};
  const auto interaction = parse_slash_interaction(event);
  ASSERT_TRUE(interaction);
  EXPECT_EQ(interaction->user, base::UserId{6});
  EXPECT_EQ(interaction->permissions, std::nullopt);
}

TEST(SlashInteraction, ReadsOddMembers) {
  const auto slash = parse_slash_interaction(json::parse(R"({"id":"1","application_id":"2","type":2,"token":"key",
      "guild_id":null,"member":{"permissions":7},"user":{"id":"5"},"context":9,
      "data":{"name":"ping","options":[null,7,{"name":"input","value":"hi"},{"name":3,"value":"x"}]}})")
                                                 .as_object());
  ASSERT_TRUE(slash);
  EXPECT_EQ(slash->user, base::UserId{5});
  EXPECT_EQ(slash->guild, std::nullopt);
  EXPECT_EQ(slash->permissions, std::nullopt);
  EXPECT_EQ(slash->string_options.at("input"), "hi");
}

TEST(SlashInteraction, RefusesOtherInteractions) {
  auto button = slash_command();
  button["type"] = 3;
  EXPECT_FALSE(parse_slash_interaction(button));
  auto menu = slash_command();
  menu["data"].as_object()["type"] = 2;
  EXPECT_FALSE(parse_slash_interaction(menu));
  for (const auto* name : {"id", "application_id", "token", "data", "member"}) {
    auto broken = slash_command();
    broken.erase(name);
    EXPECT_FALSE(parse_slash_interaction(broken)) << name;
  }
}

namespace json = boost::json;

constexpr std::string_view button = R"({"id":"9","application_id":"2","type":3,"token":"key","guild_id":"100",
    "channel_id":"50","member":{"permissions":"0","user":{"id":"6"}},"message":{"id":"800"},
    "data":{"component_type":2,"custom_id":"go"}})";

TEST(ComponentInteraction, IsParsed) {
  const auto read = parse_component_interaction(json::parse(button).as_object());
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

TEST(ComponentInteraction, ReadsOddMembers) {
  auto event = json::parse(button).as_object();
  event.erase("channel_id");
  event["channel"] = json::object{{"id", "51"}, {"type", 0}};
  event["data"].as_object()["component_type"] = "button";
  const auto read = parse_component_interaction(std::move(event));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->channel, ChannelId{51});
  EXPECT_EQ(read->component_type, 2);
}

TEST(ComponentInteraction, RefusesOtherInteractions) {
  for (const auto* missing : {"id", "application_id", "type", "token", "channel_id", "member", "message", "data"}) {
    auto event = json::parse(button).as_object();
    event.erase(missing);
    EXPECT_FALSE(parse_component_interaction(std::move(event))) << missing;
  }
  auto slash = json::parse(button).as_object();
  slash["type"] = 2;
  EXPECT_FALSE(parse_component_interaction(std::move(slash)));
}

}  // namespace

}  // namespace guildhall::discord
