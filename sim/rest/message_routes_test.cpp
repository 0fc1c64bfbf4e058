#include "sim/rest/message_routes.hpp"

#include "sim/rest/bot_fixture.hpp"
#include "sim/rest/channel_access.hpp"

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;
using net::Method;
using namespace std::chrono_literals;

using MessageRoutesTest = BotTest;

TEST_F(MessageRoutesTest, AMessageIsWrittenReadChangedAndDeleted) {
  const auto made = post(messages_path, object{{"content", "Hello <@2000000000000000001>"}});
  ASSERT_EQ(made.status, 200U) << made.body;
  EXPECT_EQ(json(made).at_pointer("/author/bot"), true);
  EXPECT_EQ(json(made).at_pointer("/mentions/0/username"), "ada");
  const auto path = messages_path + "/" + id_of(made);

  const auto changed = patch(path, object{{"content", "Goodbye"}});
  EXPECT_EQ(json(changed).at("content"), "Goodbye");
  EXPECT_TRUE(json(changed).at("edited_timestamp").is_string());
  EXPECT_TRUE(json(changed).at("mentions").as_array().empty());
  EXPECT_EQ(json(get(path)).at("content"), "Goodbye");

  EXPECT_EQ(ask(Method::delete_, path).status, 204U);
  EXPECT_EQ(code(get(path)), 10008);
}

TEST_F(MessageRoutesTest, ANonceThatIsEnforcedMakesOneMessage) {
  const object message{{"content", "once"}, {"nonce", "77"}, {"enforce_nonce", true}};
  const auto first = id_of(post(messages_path, message));
  EXPECT_EQ(id_of(post(messages_path, message)), first);
  EXPECT_NE(id_of(post(messages_path, object{{"content", "once"}, {"nonce", "77"}})), first) << "not enforced";
  clock.advance(6min);
  EXPECT_NE(id_of(post(messages_path, message)), first) << "forgotten after a few minutes";
}

TEST_F(MessageRoutesTest, WithoutThePermissionEmojisOfOthersBecomeTheirNames) {
  Guild guild = *sim.world.find_guild(workshop);
  guild.emojis[EmojiId{7}].name = "own";
  ASSERT_TRUE(sim.world.change_guild(guild));
  const object message{{"content", "<:own:7> a < b <a:far:8>!"}};
  allow_bot(view_channel | send_messages);
  EXPECT_EQ(json(post(messages_path, message)).at("content"), "<:own:7> a < b :far:!");
  allow_bot(view_channel | send_messages | use_external_emojis);
  EXPECT_EQ(json(post(messages_path, message)).at("content"), message.at("content"));
}

TEST_F(MessageRoutesTest, AReplyNamesItsMessageAndPingsItsAuthor) {
  const auto asked = say(ada, "Anybody?").id.to_string();
  const object reference{{"message_id", asked}};
  const auto reply = json(post(messages_path, object{{"content", "Me"}, {"message_reference", reference}}));
  EXPECT_EQ(reply.at("type"), 19);
  EXPECT_EQ(reply.at_pointer("/referenced_message/content"), "Anybody?");
  EXPECT_EQ(reply.at("mentions").as_array().size(), 1U);

  const object silent{{"content", "Me"}, {"message_reference", reference}, {"allowed_mentions", {{"parse", array()}}}};
  EXPECT_TRUE(json(post(messages_path, silent)).at("mentions").as_array().empty());
}

TEST_F(MessageRoutesTest, AReplyToWhatHasGoneFailsUnlessToldNotTo) {
  object reference{{"message_id", "5"}};
  const auto refused = post(messages_path, object{{"content", "Me"}, {"message_reference", reference}});
  EXPECT_EQ(refused.status, 400U);
  EXPECT_EQ(json(refused).at_pointer("/errors/message_reference/_errors/0/code"), "REPLIES_UNKNOWN_MESSAGE");

  reference["fail_if_not_exists"] = false;
  const auto taken = json(post(messages_path, object{{"content", "Me"}, {"message_reference", reference}}));
  EXPECT_EQ(taken.at("type"), 0);
}

TEST_F(MessageRoutesTest, WithoutTheRightPermissionItIsRefused) {
  allow_bot(view_channel | read_message_history);
  EXPECT_EQ(code(post(messages_path, object{{"content", "x"}})), 50013);
  EXPECT_EQ(get(messages_path).status, 200U);
  allow_bot(view_channel | send_messages);
  const auto asked = say(ada, "?").id.to_string();
  EXPECT_EQ(code(post(messages_path, object{{"content", "x"}, {"message_reference", {{"message_id", asked}}}})),
            160002);
  EXPECT_TRUE(json(get(messages_path)).as_array().empty()) << "the past is hidden";
  allow_bot(send_messages);
  EXPECT_EQ(code(post(messages_path, object{{"content", "x"}})), 50001);
}

TEST_F(MessageRoutesTest, EmbedsNeedEmbedLinks) {
  allow_bot(view_channel | send_messages);
  const array embeds{object{{"title", "x"}}};
  EXPECT_EQ(code(post(messages_path, object{{"content", "y"}, {"embeds", embeds}})), 50013);
  EXPECT_EQ(code(post(messages_path, object{{"embeds", embeds}})), 50013);
}

TEST_F(MessageRoutesTest, ChannelsThatAreNotThereOrNotTheBots) {
  EXPECT_EQ(code(get("/channels/5/messages")), 10003);
  const auto elsewhere = sim.world.find_guild(quiet_corner)->channels.begin()->first.to_string();
  EXPECT_EQ(code(get("/channels/" + elsewhere + "/messages")), 50001);
  const auto nonsense = get("/channels/nonsense/messages");
  EXPECT_EQ(code(nonsense), 50035);
  EXPECT_EQ(json(nonsense).at_pointer("/errors/channel_id/_errors/0/code"), "NUMBER_TYPE_COERCE");
}

TEST_F(MessageRoutesTest, OthersMessagesAreNotTheBotsToChange) {
  const auto path = messages_path + "/" + say(ada, "mine").id.to_string();
  EXPECT_EQ(code(patch(path, object{{"content", "yours"}})), 50005);
  EXPECT_EQ(code(ask(Method::delete_, path)), 50013);
  allow_bot(view_channel | manage_messages);
  EXPECT_EQ(ask(Method::delete_, path).status, 204U);
}

TEST_F(MessageRoutesTest, AnEditKeepsWhatItDoesNotNameAndTakesAwayWhatIsNull) {
  const array embeds{object{{"title", "kept"}}};
  const auto path = messages_path + "/" + id_of(post(messages_path, object{{"content", "x"}, {"embeds", embeds}}));
  EXPECT_EQ(json(patch(path, object{{"content", "y"}})).at_pointer("/embeds/0/title"), "kept");
  EXPECT_EQ(json(patch(path, object{{"content", nullptr}})).at("content"), "");
  EXPECT_EQ(code(patch(path, object{{"embeds", array()}})), 50006) << "nothing would be left";
  EXPECT_EQ(json(get(path)).at_pointer("/embeds/0/title"), "kept") << "a refused edit changes nothing";
}

TEST_F(MessageRoutesTest, AMessageOfAFloodIsAnsweredLikeAnyOther) {
  Flood flood;
  flood.models = {{.name = "MESSAGE_CREATE", .data = R"({"id":"{id}"})"}};
  flood.first_id = 77;
  ASSERT_TRUE(sim.gateway.floods.add(std::move(flood), clock.now()));
  const object answer{{"content", "Me"}, {"message_reference", {{"message_id", "77"}}}};
  EXPECT_EQ(post(messages_path, answer).status, 400U) << "not yet sent";
  sim.gateway.tick();
  EXPECT_EQ(post(messages_path, answer).status, 200U);
  EXPECT_EQ(sim.gateway.floods.all().front().answers.summary().answered, 1U);
}

TEST_F(MessageRoutesTest, WhatIsNoMessageIsToldByField) {
  EXPECT_EQ(code(post(messages_path, object())), 50006);
  const auto wrong = json(post(messages_path, object{{"content", std::string(2001, 'x')}, {"tts", "loud"}}));
  EXPECT_EQ(wrong.at_pointer("/errors/content/_errors/0/message"), "Must be 2000 or fewer in length.");
  EXPECT_EQ(wrong.at_pointer("/errors/tts/_errors/0/code"), "BOOLEAN_TYPE_CONVERT");
  EXPECT_EQ(code(post(messages_path, array())), 50035);
}

}  // namespace
}  // namespace guildhall::sim
