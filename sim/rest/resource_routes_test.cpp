#include <gmock/gmock.h>

#include <vector>

#include "sim/rest/bot_fixture.hpp"
#include "sim/rest/channel_access.hpp"

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;
using net::Method;
using testing::ElementsAre;

/// What the gateway would send, by name.
class RecordingSink final : public EventSink {
 public:
  void publish(Event event) override { names.push_back(event.name); }
  [[nodiscard]] bool has_listeners() const override { return true; }
  std::vector<std::string> names;
};

/// Roles, channels, members, threads, webhooks and what else a bot changes in a guild.
class ResourceRoutesTest : public BotTest {
 protected:
  ResourceRoutesTest() { allow_bot(administrator); }

  net::Response put(const std::string& path, const boost::json::value& body = nullptr) {
    return ask(Method::put, path, body);
  }
  net::Response remove(const std::string& path) { return ask(Method::delete_, path); }
  std::string channel_path() const { return "/channels/" + channel.id.to_string(); }
  Permissions held_by(UserId user) const {
    const Guild& guild = *sim.world.find_guild(workshop);
    return guild.permissions_in(guild.channels.at(channel.id), user);
  }

  const std::string guild_path = "/guilds/3000000000000000001";
  static constexpr UserId mallory{2000000000000000004};
};

TEST_F(ResourceRoutesTest, OverwritesDecideInOrder) {
  const auto of = [&](const std::string& id, int type, std::string allow, std::string deny) {
    return put(channel_path() + "/permissions/" + id, object{{"type", type}, {"allow", allow}, {"deny", deny}}).status;
  };
  EXPECT_EQ(of(workshop.to_string(), 0, "3072", "0"), 204U);
  EXPECT_TRUE(held_by(mallory).has(view_channel | send_messages));
  EXPECT_EQ(of(mallory.to_string(), 1, "0", "2048"), 204U);
  EXPECT_FALSE(held_by(mallory).has(send_messages)) << "a member's own overwrite wins over @everyone's";
  EXPECT_EQ(of(mallory.to_string(), 1, "2048", "1024"), 204U);
  EXPECT_EQ(held_by(mallory), Permissions{}) << "without VIEW_CHANNEL there is nothing";
  EXPECT_EQ(held_by(ada), all_permissions) << "the owner";
  EXPECT_EQ(remove(channel_path() + "/permissions/" + mallory.to_string()).status, 204U);
  EXPECT_EQ(code(remove(channel_path() + "/permissions/" + mallory.to_string())), 10009);
}

TEST_F(ResourceRoutesTest, AnOverwriteOfTheBotIsItsPermissionThere) {
  allow_bot(view_channel | send_messages);
  Guild guild = *sim.world.find_guild(workshop);
  guild.channels.at(channel.id).overwrites[sim.world.application.id.value()] = {true, {}, send_messages};
  ASSERT_TRUE(sim.world.change_guild(guild));
  EXPECT_EQ(code(post(messages_path, object{{"content", "x"}})), 50013);
  guild.channels.at(channel.id).overwrites.begin()->second.deny = view_channel;
  ASSERT_TRUE(sim.world.change_guild(guild));
  EXPECT_EQ(code(post(messages_path, object{{"content", "x"}})), 50001);
}

TEST_F(ResourceRoutesTest, TheBotChangesOnlyWhatIsBelowIt) {
  const auto made = post(guild_path + "/roles", object{{"name", "low"}});
  ASSERT_EQ(made.status, 200U) << made.body;
  const auto path = guild_path + "/roles/" + id_of(made);
  EXPECT_EQ(json(patch(path, object{{"name", "renamed"}})).at("name"), "renamed");
  const Guild& guild = *sim.world.find_guild(workshop);
  EXPECT_EQ(code(patch(guild_path + "/roles/" + guild.bot_member.roles.front().to_string(), object{{"name", "x"}})),
            50013);
  EXPECT_EQ(code(ask(Method::patch, guild_path + "/members/" + ada.to_string(), object{{"nick", "x"}})), 50013);
  allow_bot(manage_roles);
  EXPECT_EQ(code(patch(path, object{{"permissions", "8"}})), 50013) << "it gives what it does not have";
  EXPECT_EQ(remove(path).status, 204U);
  EXPECT_EQ(code(remove(path)), 10011);
}

TEST_F(ResourceRoutesTest, SearchIsNoSnowflake) {
  const auto found = json(get(guild_path + "/members/search?query=MAL&limit=5"));
  ASSERT_EQ(found.as_array().size(), 1U);
  EXPECT_EQ(found.at(0).at_pointer("/user/username"), "mallory");
  EXPECT_EQ(code(get(guild_path + "/members/search")), 50035);
}

TEST_F(ResourceRoutesTest, EachChangeIsPublished) {
  RecordingSink sink;
  const Feed feed(sim.world, sim.messages, sink);
  const auto change = [&](auto apply) {
    const Guild before = *sim.world.find_guild(workshop);
    Guild after = before;
    apply(after);
    ASSERT_TRUE(sim.world.change_guild(after));
    feed.guild_changed(&before, sim.world.find_guild(workshop));
  };
  const ChannelId thread{77};
  change([&](Guild& guild) {
    Channel made{.id = thread, .type = ChannelType::public_thread, .name = "t", .parent = channel.id};
    made.thread = Thread{.owner = ada};
    guild.threads.emplace(thread, made);
  });
  change([&](Guild& guild) { guild.threads.at(thread).thread->members.emplace(grace, clock.now()); });
  change([&](Guild& guild) { guild.threads.at(thread).thread->archived = true; });
  change([&](Guild& guild) { guild.threads.erase(thread); });
  change([&](Guild& guild) { guild.bans.emplace(UserId{5}, std::nullopt); });
  change([&](Guild& guild) { guild.bans.clear(); });
  change([&](Guild& guild) { guild.webhooks[WebhookId{6}].channel = channel.id; });
  change([&](Guild& guild) { guild.emojis[EmojiId{7}].name = "dot"; });
  change([&](Guild& guild) { guild.settings["description"] = "x"; });
  EXPECT_THAT(sink.names,
              ElementsAre("THREAD_CREATE", "THREAD_MEMBERS_UPDATE", "THREAD_UPDATE", "THREAD_DELETE", "GUILD_BAN_ADD",
                          "GUILD_BAN_REMOVE", "WEBHOOKS_UPDATE", "GUILD_EMOJIS_UPDATE", "GUILD_UPDATE"));
}

TEST_F(ResourceRoutesTest, AnArchivedThreadOpensByAMessageUnlessItIsLocked) {
  const auto made = json(post(channel_path() + "/threads", object{{"name", "t"}, {"type", 11}}));
  const auto path = "/channels/" + std::string(made.at("id").as_string());
  EXPECT_EQ(json(patch(path, object{{"archived", true}})).at_pointer("/thread_metadata/archived"), true);
  EXPECT_EQ(code(patch(path, object{{"name", "x"}})), 50083);
  EXPECT_EQ(post(path + "/messages", object{{"content", "x"}}).status, 200U);
  EXPECT_EQ(json(get(path)).at_pointer("/thread_metadata/archived"), false);
  EXPECT_EQ(json(get(path)).at("message_count"), 1);
  EXPECT_EQ(remove(path).status, 200U);
  EXPECT_EQ(code(get(path)), 10003);
}

TEST_F(ResourceRoutesTest, TextsOfAThreadNeedItsOwnPermission) {
  const auto made = json(post(channel_path() + "/threads", object{{"name", "t"}, {"type", 11}}));
  const auto path = "/channels/" + std::string(made.at("id").as_string()) + "/messages";
  allow_bot(view_channel | send_messages);
  EXPECT_EQ(code(post(path, object{{"content", "x"}})), 50013);
  allow_bot(view_channel | send_messages_in_threads);
  EXPECT_EQ(post(path, object{{"content", "x"}}).status, 200U);
  EXPECT_EQ(code(post(messages_path, object{{"content", "x"}})), 50013);
}

TEST_F(ResourceRoutesTest, BulkDeleteTakesTwoToAHundredYoungMessages) {
  const auto path = messages_path + "/bulk-delete";
  const array ids{say(ada, "1").id.to_string(), say(ada, "2").id.to_string()};
  EXPECT_EQ(code(post(path, object{{"messages", array{ids[0]}}})), 50035);
  EXPECT_EQ(code(post(path, object{{"messages", array{ids[0], "5"}}})), 50034);
  EXPECT_EQ(post(path, object{{"messages", ids}}).status, 204U);
  EXPECT_TRUE(json(get(messages_path)).as_array().empty());
}

TEST_F(ResourceRoutesTest, PinsNeedTheirOwnPermission) {
  const auto id = say(ada, "pin me").id.to_string();
  allow_bot(view_channel | manage_messages | read_message_history);
  EXPECT_EQ(code(put(messages_path + "/pins/" + id)), 50013);
  allow_bot(view_channel | pin_messages | read_message_history);
  EXPECT_EQ(put(messages_path + "/pins/" + id).status, 204U);
  EXPECT_EQ(json(get(messages_path + "/pins")).at_pointer("/items/0/message/pinned"), true);
  EXPECT_EQ(json(get(messages_path)).at(0).at("type"), 6) << "the channel is told";
}

TEST_F(ResourceRoutesTest, WhatIsNotThereIsNamed) {
  const auto route = json(get(guild_path + "/audit-logs?limit=1"));
  EXPECT_EQ(route.at("message"),
            "404: Not Found. discord-sim does not have GET /api/v10/guilds/3000000000000000001/audit-logs.");
  const auto field = json(post(messages_path, object{{"content", "x"}, {"poll", object{{"question", "?"}}}}));
  EXPECT_EQ(field.at_pointer("/errors/poll/_errors/0/message"), "discord-sim does not have poll.");
}

}  // namespace
}  // namespace guildhall::sim
