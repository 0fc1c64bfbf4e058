#include "discord/model/event_reader.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/date_time.hpp"
#include "discord/model/padded_text.hpp"

namespace guildhall::discord {
namespace {

using base::GuildId;
using base::UserId;
using test_support::PaddedText;

constexpr auto message_json = R"({"type":0,"tts":false,"timestamp":"2026-01-31T12:34:56.789000+00:00","pinned":false,
  "nonce":"1","mentions":[{"id":"9","bot":true}],"member":{"roles":["7"]},"id":"3","embeds":[{"title":"id"}],
  "content":"say \"hi\" \ud83e\udd16\n","channel_id":"2","author":{"username":"ada","id":"18446744073709551615"},
  "attachments":[],"guild_id":"100"})";

TEST(EventReader, ReadsAMessage) {
  EventReader reader;
  const PaddedText json(message_json);
  const auto message = reader.message(json.view());
  ASSERT_TRUE(message);
  EXPECT_EQ(message->id, MessageId{3});
  EXPECT_EQ(message->channel, ChannelId{2});
  EXPECT_EQ(message->guild, GuildId{100});
  EXPECT_EQ(message->author, UserId{UINT64_MAX});
  EXPECT_EQ(message->content, "say \"hi\" \U0001F916\n");
  EXPECT_TRUE(message->by_person());
}

TEST(EventReader, RecognizesMessagesOfPeople) {
  EventReader reader;
  const auto by_person = [&](const std::string& members) {
    const PaddedText json(R"({"id":"3","channel_id":"2","content":"x",)" + members + "}");
    return reader.message(json.view()).value().by_person();
  };
  EXPECT_TRUE(by_person(R"("type":0,"author":{"id":"1"})"));
  EXPECT_TRUE(by_person(R"("type":19,"author":{"id":"1","bot":false})"));
  EXPECT_FALSE(by_person(R"("type":7,"author":{"id":"1"})"));
  EXPECT_FALSE(by_person(R"("type":0,"author":{"id":"1","bot":true})"));
  EXPECT_FALSE(by_person(R"("type":0,"author":{"id":"1"},"webhook_id":"1")"));
}

TEST(EventReader, ReadsHowTheAuthorAppears) {
  EventReader reader;
  const auto author = [&](const std::string& user, const std::string& member) {
    const PaddedText json(R"({"member":{)" + member + R"(},"author":{"id":"80351110224678912",)" + user + "}}");
    return reader.author(json.view());
  };
  EXPECT_EQ(author(R"("username":"ada","global_name":null,"avatar":null)", "").name, "ada");
  EXPECT_EQ(author(R"("username":"ada","global_name":"Ada L.")", R"("nick":null)").name, "Ada L.");
  EXPECT_EQ(author(R"("username":"ada","global_name":"Ada L.")", R"("nick":"The Countess")").name, "The Countess");
  const std::string cdn = "https://cdn.discordapp.com/";
  EXPECT_EQ(author(R"("avatar":"12ab")", "").avatar_url, cdn + "avatars/80351110224678912/12ab.png");
  EXPECT_EQ(author(R"("avatar":"a_12")", "").avatar_url, cdn + "avatars/80351110224678912/a_12.gif");
  EXPECT_EQ(author(R"("avatar":null,"discriminator":"0")", "").avatar_url, cdn + "embed/avatars/5.png");
  EXPECT_EQ(author(R"("avatar":null,"discriminator":"1337")", "").avatar_url, cdn + "embed/avatars/2.png");
  EXPECT_EQ(reader.author(PaddedText("{").view()).name, "");
}

TEST(EventReader, KnowsWhenAMessageWasEdited) {
  EventReader reader;
  const auto edited = [&](const std::string& members) {
    const PaddedText json("{" + members + "}");
    return reader.edited_at(json.view());
  };
  EXPECT_EQ(edited(R"("id":"3","edited_timestamp":"2026-01-31T12:34:56.789000+00:00")"),
            base::parse_date_time("2026-01-31T12:34:56.789Z"));
  EXPECT_EQ(edited(R"("edited_timestamp":null)"), std::nullopt);
  EXPECT_EQ(edited(R"("id":"3")"), std::nullopt);
  EXPECT_EQ(edited(R"("edited_timestamp":"now")"), std::nullopt);
}

TEST(EventReader, RefusesMalformedMessages) {
  EventReader reader;
  for (const auto* text :
       {"", "{", "[]", "null", "7", "{}", R"({"id":"3"})", R"({"id":"3","channel_id":"2","content":"of nobody"})",
        R"({"id":3,"channel_id":"2","author":{"id":"1"}})", R"({"id":"3","channel_id":"2","author":[]})",
        R"({"id":"-3","channel_id":"2","author":{"id":"1"}})", R"({"id":"3","channel_id":"2","author":{"id":"1"})",
        "{\"id\":\"3\",\"channel_id\":\"2\",\"content\":\"\xFF\"}"}) {
    const PaddedText json(text);
    EXPECT_FALSE(reader.message(json.view())) << text;
  }
  const PaddedText json(message_json);
  EXPECT_TRUE(reader.message(json.view())) << "the reader is still usable";
}

TEST(EventReader, OddMembersOfAMessageCostNothingElse) {
  EventReader reader;
  for (const auto* odd :
       {R"("content":7)", R"("content":null)", R"("content":{"text":"no"})", R"("content":"\ud800")"}) {
    const PaddedText json(
        R"({"type":[0],"webhook_id":null,"guild_id":"100",)" + std::string(odd) +
        R"(,"new":{"content":"no"},"author":{"bot":"no","id":"1","flags":[]},"id":"3","channel_id":"2"})");
    const auto message = reader.message(json.view());
    ASSERT_TRUE(message) << odd;
    EXPECT_EQ(message->content, "") << odd;
    EXPECT_EQ(message->author, UserId{1}) << odd;
    EXPECT_EQ(message->guild, GuildId{100}) << odd;
  }
  const PaddedText json(R"({"member":7,"author":{"id":"80351110224678912","global_name":["x"],"username":"ada",
      "avatar":5,"discriminator":0}})");
  EXPECT_EQ(reader.author(json.view()).name, "ada");
  EXPECT_EQ(reader.author(json.view()).avatar_url, "https://cdn.discordapp.com/embed/avatars/5.png");
}

TEST(EventReader, AnOddElementOfAGuildLosesOnlyItself) {
  EventReader reader;
  const PaddedText json(R"({"id":"100","name":null,"icon":7,"owner_id":null,"member_count":"many","unavailable":"no",
      "roles":[null,7,{"id":"6"},{"id":"5","permissions":null},{"id":5,"permissions":"8"},{"permissions":"8"},
        {"id":"7","permissions":"8","name":null,"color":-1,"position":1e300,"hoist":"x","managed":null,"mentionable":0,
         "tags":{"bot_id":"42","new":[1]},"colors":{"primary_color":1}},
        {"id":"8","permissions":"0","tags":{"bot_id":9}}],
      "members":[null,[],{"roles":["7"]},{"user":null,"roles":["7"]},{"user":{"id":"2"},"roles":[7,"7",null]},
        {"user":{"id":"3"},"roles":null}],
      "channels":[null,{"id":"5"},{"type":0},{"id":"6","type":0,"parent_id":7,"permission_overwrites":null},
        {"id":"9","type":0,"permission_overwrites":[{"id":"7","type":0,"allow":"0","deny":1024}]},
        {"id":"10","type":0,"permission_overwrites":[{"id":"7","type":9,"deny":"1024","new":{}}]},
        {"id":"12","type":0,"permission_overwrites":[{"id":"7","deny":"1024"}]},
        {"id":"13","type":0,"permission_overwrites":[{"id":"7","type":"1","deny":"1024"}]},
        {"id":"14","type":0,"permission_overwrites":{"id":"7","type":1,"deny":"1024"}}],
      "threads":{"id":"11"}})");
  const auto guild = reader.guild(json.view());
  ASSERT_TRUE(guild);
  EXPECT_EQ(guild->name, "100");
  EXPECT_EQ(guild->icon, std::nullopt);
  EXPECT_EQ(guild->owner, UserId{});
  EXPECT_EQ(guild->member_count, std::nullopt);
  EXPECT_FALSE(guild->unavailable);
  ASSERT_EQ(guild->roles.size(), 2U) << "of the others it is not known what they allow";
  EXPECT_EQ(guild->roles[0].id, DiscordRoleId{7});
  EXPECT_EQ(guild->roles[0].color, 0U);
  EXPECT_EQ(guild->roles[0].bot, UserId{42});
  EXPECT_EQ(guild->roles[1].bot, UserId{});
  ASSERT_EQ(guild->members.size(), 1U);
  EXPECT_EQ(guild->members[0].roles, std::vector{DiscordRoleId{7}});
  ASSERT_EQ(guild->channels.size(), 2U) << "of the others it is not known who may see them";
  EXPECT_EQ(guild->channels[0].id, ChannelId{6});
  EXPECT_EQ(guild->channels[1].overwrites.size(), 1U);
}

TEST(EventReader, TheBotIsAmongTheMembersIfItsRolesCanBeRead) {
  EventReader reader;
  const auto members = [&](const std::string& fields) {
    const PaddedText json(R"({"id":"100","members":[{"user":{"id":"42"})" + fields + "}]}");
    return reader.guild(json.view(), UserId{42}).value().members.size();
  };
  EXPECT_EQ(members(R"(,"roles":[])"), 1U);
  EXPECT_EQ(members(R"(,"roles":null)"), 0U);
  EXPECT_EQ(members(""), 0U);
}

TEST(EventReader, ReadsAGuild) {
  EventReader reader;
  const PaddedText json(R"({"id":"100","name":"Workshop","icon":null,"owner_id":"1","channels":[{"id":"5"}],
      "roles":[{"id":"100","permissions":"2048","name":"@everyone"},{"permissions":"8","id":"7"}],
      "members":[{"user":{"username":"ada","id":"2"},"roles":["7","100"],"nick":null},{"user":{"id":"3"},"roles":[]}]})");
  const auto guild = reader.guild(json.view());
  ASSERT_TRUE(guild);
  EXPECT_EQ(guild->id, GuildId{100});
  EXPECT_FALSE(guild->unavailable);
  EXPECT_EQ(guild->name, "Workshop");
  EXPECT_EQ(guild->icon, std::nullopt);
  EXPECT_EQ(guild->owner, UserId{1});
  ASSERT_EQ(guild->roles.size(), 2U);
  EXPECT_EQ(guild->roles[1].id, DiscordRoleId{7});
  EXPECT_EQ(guild->roles[1].permissions.bits(), 8U);
  ASSERT_EQ(guild->members.size(), 1U) << "members without roles are left out";
  EXPECT_EQ(guild->members[0].user, UserId{2});
  EXPECT_EQ(guild->members[0].roles, (std::vector{DiscordRoleId{7}, DiscordRoleId{100}}));
}

TEST(EventReader, ReadsUnavailableGuilds) {
  EventReader reader;
  const PaddedText outage(R"({"id":"100","unavailable":true})");
  EXPECT_TRUE(reader.guild(outage.view())->unavailable);
  const PaddedText left(R"({"id":"100"})");
  EXPECT_FALSE(reader.guild(left.view())->unavailable);
  const PaddedText nothing(R"({"unavailable":true})");
  EXPECT_FALSE(reader.guild(nothing.view()));
}

TEST(EventReader, FindsTheGuildId) {
  EventReader reader;
  const PaddedText json(R"({"a":{"guild_id":"5"},"guild_id":"100","id":"7"})");
  EXPECT_EQ(reader.guild_id(json.view(), "guild_id"), GuildId{100});
  EXPECT_EQ(reader.guild_id(json.view(), "id"), GuildId{7});
  for (const auto* text : {"{}", R"({"guild_id":null})", R"({"guild_id":7})", "[]", "null", "{"}) {
    const PaddedText other(text);
    EXPECT_EQ(reader.guild_id(other.view(), "guild_id"), std::nullopt) << text;
  }
}

TEST(EventReader, ReadsLargeGuilds) {
  EventReader reader;
  std::string members;
  for (int i = 1; i <= 50'000; ++i) {
    members += (i > 1 ? "," : "") + std::string(R"({"user":{"id":")") + std::to_string(i) + R"("},"roles":["7"]})";
  }
  const PaddedText json(R"({"id":"100","name":"Large","members":[)" + members + "]}");
  EXPECT_EQ(reader.guild(json.view())->members.size(), 50'000U);
  const PaddedText small(message_json);
  EXPECT_TRUE(reader.message(small.view()));
}

}  // namespace
}  // namespace guildhall::discord
