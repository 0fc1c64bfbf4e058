#include "sim/gateway/feed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "sim/demo_world_ids.hpp"
#include "sim/world/world_json.hpp"

namespace guildhall::sim {
namespace {

using testing::ElementsAre;

using demo::grace;
using demo::linus;
using demo::workshop;

class FeedTest : public testing::Test, public EventSink {
 protected:
  void publish(Event event) override { events.push_back(std::move(event)); }
  [[nodiscard]] bool has_listeners() const override { return true; }

  /// Changes the guild and returns the names of the events that come of it.
  template <class Change>
  std::vector<std::string> names_after(Change change) {
    const Guild before = *world.find_guild(workshop);
    Guild guild = before;
    change(guild);
    world.change_guild(std::move(guild)).value();
    events.clear();
    feed.guild_changed(&before, world.find_guild(workshop));
    std::vector<std::string> names;
    for (const Event& event : events) names.push_back(event.name);
    return names;
  }
  boost::json::value data(std::size_t index) { return boost::json::parse(events.at(index).data); }

  World world = demo_world();
  MessageLog messages;
  Feed feed{world, messages, *this};
  std::vector<Event> events;
};

TEST_F(FeedTest, TellsWhatOfAGuildChanged) {
  EXPECT_THAT(names_after([](Guild&) {}), ElementsAre());
  EXPECT_THAT(names_after([](Guild& guild) { guild.name = "Other"; }), ElementsAre("GUILD_UPDATE"));
  EXPECT_THAT(names_after([](Guild& guild) { guild.channels[ChannelId{5}] = {.id = ChannelId{5}, .name = "x"}; }),
              ElementsAre("CHANNEL_CREATE"));
  EXPECT_THAT(names_after([](Guild& guild) { guild.channels.erase(ChannelId{5}); }), ElementsAre("CHANNEL_DELETE"));
  EXPECT_THAT(names_after([](Guild& guild) { guild.members.erase(grace); }),
              ElementsAre("GUILD_ROLE_DELETE", "GUILD_MEMBER_REMOVE"))
      << "her role was hers alone";
  EXPECT_THAT(names_after([](Guild& guild) { guild.members[linus].granted = manage_guild; }),
              ElementsAre("GUILD_ROLE_CREATE", "GUILD_MEMBER_ADD"));
}

TEST_F(FeedTest, AnOutageIsNoLeaving) {
  EXPECT_THAT(names_after([](Guild& guild) { guild.unavailable = true; }), ElementsAre("GUILD_DELETE"));
  EXPECT_EQ(data(0).at("unavailable"), true);
  EXPECT_THAT(names_after([](Guild& guild) { guild.name = "Unseen"; }), ElementsAre());
  EXPECT_THAT(names_after([](Guild& guild) { guild.unavailable = false; }), ElementsAre("GUILD_CREATE"));
  EXPECT_THAT(names_after([](Guild& guild) { guild.bot = false; }), ElementsAre("GUILD_DELETE"));
  EXPECT_FALSE(data(0).as_object().contains("unavailable"));
  EXPECT_THAT(names_after([](Guild& guild) { guild.bot = true; }), ElementsAre("GUILD_CREATE"));
}

TEST_F(FeedTest, WhoLeavesAnUnavailableGuildIsToldSo) {
  (void)names_after([](Guild& guild) { guild.unavailable = true; });
  EXPECT_THAT(names_after([](Guild& guild) { guild.bot = false; }), ElementsAre("GUILD_DELETE"));
  EXPECT_FALSE(data(0).as_object().contains("unavailable"));
}

TEST_F(FeedTest, MessagesCarryTheirGuildAndMember) {
  const Guild& guild = *world.find_guild(workshop);
  Message message;
  message.id = MessageId{9};
  message.channel = guild.channels.begin()->first;
  message.guild = workshop;
  message.author = grace;
  message.content = "hello";
  feed.message_created(message);
  EXPECT_EQ(data(0).at("guild_id").as_string(), workshop.to_string());
  EXPECT_EQ(data(0).at_pointer("/author/username"), "grace");
  EXPECT_EQ(data(0).at_pointer("/member/roles").as_array().size(), 1U);
  EXPECT_EQ(events[0].intents, intent::guild_messages);
  EXPECT_EQ(boost::json::parse(events[0].data_without_content).at("content"), "");

  message.flags = ephemeral_flag;
  feed.message_created(message);
  EXPECT_EQ(events.size(), 1U) << "ephemeral messages are between two";
}

TEST(Intents, FollowFromAnEventsName) {
  EXPECT_EQ(intents_for("MESSAGE_CREATE", true), intent::guild_messages);
  EXPECT_EQ(intents_for("MESSAGE_CREATE", false), intent::direct_messages);
  EXPECT_EQ(intents_for("MESSAGE_REACTION_ADD", true), intent::guild_message_reactions);
  EXPECT_EQ(intents_for("GUILD_MEMBER_ADD", true), intent::guild_members);
  EXPECT_EQ(intents_for("GUILD_ROLE_CREATE", true), intent::guilds);
  EXPECT_TRUE(intents_for("INTERACTION_CREATE", true).empty());
}

}  // namespace
}  // namespace guildhall::sim
