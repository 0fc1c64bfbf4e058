#include "sim/rest/interaction_routes.hpp"

#include "sim/rest/bot_fixture.hpp"

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;
using net::Method;
using namespace std::chrono_literals;

class InteractionRoutesTest : public BotTest {
 protected:
  Interaction& add(InteractionType type, object data, std::optional<MessageId> message = {}) {
    Interaction interaction;
    interaction.id = InteractionId{sim.new_snowflake()};
    interaction.token = "token-" + interaction.id.to_string();
    interaction.type = type;
    interaction.user = ada;
    interaction.channel = channel.id;
    interaction.guild = channel.guild;
    interaction.message = message;
    interaction.data = std::move(data);
    interaction.created = clock.now();
    return sim.interactions.add(std::move(interaction));
  }
  Interaction& call() { return add(InteractionType::command, {{"id", "5"}, {"name", "ping"}, {"type", 1}}); }

  net::Response respond(const Interaction& to, const object& body, std::string_view query = "") {
    return post("/interactions/" + to.id.to_string() + "/" + to.token + "/callback" + std::string(query), body);
  }
  static object message(std::string_view content, int flags = 0) {
    return {{"type", 4}, {"data", {{"content", content}, {"flags", flags}}}};
  }
  std::string webhook(const Interaction& of) { return "/webhooks/1150000000000000000/" + of.token; }
  std::string original(const Interaction& of) { return webhook(of) + "/messages/@original"; }
};

TEST_F(InteractionRoutesTest, AnAnswerIsAMessageThatSaysWhoCalled) {
  const auto& ping = call();
  EXPECT_EQ(respond(ping, message("Pong")).status, 204U);
  const auto shown = json(get(original(ping)));
  EXPECT_EQ(shown.at("type"), 20);
  EXPECT_EQ(shown.at("content"), "Pong");
  EXPECT_EQ(shown.at_pointer("/interaction/name"), "ping");
  EXPECT_EQ(shown.at_pointer("/interaction_metadata/user/username"), "ada");
  EXPECT_EQ(code(respond(ping, message("again"))), 40060);
}

TEST_F(InteractionRoutesTest, TheCallbackTellsOfItsMessageWhereAsked) {
  const auto told = json(respond(call(), message("Pong", 64), "?with_response=true"));
  EXPECT_EQ(told.at_pointer("/resource/message/content"), "Pong");
  EXPECT_EQ(told.at_pointer("/interaction/response_message_ephemeral"), true);
  EXPECT_EQ(told.at_pointer("/interaction/response_message_id"), told.at_pointer("/resource/message/id"));
}

TEST_F(InteractionRoutesTest, WhatComesTooLateOrForNobodyIsUnknown) {
  const auto& late = call();
  clock.advance(3s);
  EXPECT_EQ(code(respond(late, message("x"))), 10062);
  Interaction stranger = call();
  stranger.token = "wrong";
  EXPECT_EQ(code(respond(stranger, message("x"))), 10062);
  EXPECT_EQ(code(get(original(late))), 10015) << "it was never answered";
  EXPECT_EQ(code(get(original(stranger))), 50027);
}

TEST_F(InteractionRoutesTest, ARefusedAnswerLeavesItOpen) {
  const auto& ping = call();
  EXPECT_EQ(code(respond(ping, message(""))), 50006);
  const auto wrong = json(respond(ping, message(std::string(2001, 'x'))));
  EXPECT_EQ(wrong.at_pointer("/errors/data/content/_errors/0/code"), "BASE_TYPE_MAX_LENGTH");
  EXPECT_EQ(code(respond(ping, object{{"type", 7}})), 50035) << "a command has no message to update";
  EXPECT_EQ(respond(ping, message("right")).status, 204U);
}

TEST_F(InteractionRoutesTest, ThinkingEndsWithTheFirstEdit) {
  const auto& slow = call();
  respond(slow, object{{"type", 5}});
  EXPECT_EQ(json(get(original(slow))).at("flags"), 128);
  const auto edited = json(patch(original(slow), object{{"content", "Done"}}));
  EXPECT_EQ(edited.at("flags"), 0);
  EXPECT_TRUE(edited.at("edited_timestamp").is_null());
  EXPECT_EQ(edited.at("content"), "Done");
}

TEST_F(InteractionRoutesTest, ThinkingBecomesTheFirstFollowUp) {
  const auto& slow = call();
  respond(slow, object{{"type", 5}, {"data", {{"flags", 64}}}});
  const auto first = json(post(webhook(slow), object{{"content", "Done"}}));
  EXPECT_EQ(first.at("id"), json(get(original(slow))).at("id"));
  EXPECT_EQ(first.at("flags"), 64) << "as it was begun";
  const auto second = json(post(webhook(slow), object{{"content", "More"}}));
  EXPECT_EQ(second.at("type"), 19);
  EXPECT_EQ(second.at_pointer("/message_reference/message_id"), first.at("id"));
}

TEST_F(InteractionRoutesTest, FollowUpsAreChangedAndRemovedByTheToken) {
  const auto& ping = call();
  respond(ping, message("Pong"));
  const auto path = webhook(ping) + "/messages/" +
                    id_of(post(webhook(ping), object{{
                                                  "content",
                                                  "More",
                                              }}));
  EXPECT_EQ(json(patch(path, object{{"content", "Less"}})).at("content"), "Less");
  EXPECT_EQ(ask(Method::delete_, path).status, 204U);
  EXPECT_EQ(code(get(path)), 10008);
  const auto foreign = webhook(ping) + "/messages/" + say(ada, "mine").id.to_string();
  EXPECT_EQ(code(ask(Method::delete_, foreign)), 10008) << "only its own messages";
  clock.advance(15min);
  EXPECT_EQ(code(post(webhook(ping), object{{"content", "late"}})), 50027);
}

TEST_F(InteractionRoutesTest, AComponentUpdatesItsMessage) {
  const object button{{"type", 2}, {"style", 1}, {"label", "x"}, {"custom_id", "a"}};
  const array rows{object{{"type", 1}, {"components", array{button}}}};
  const auto id = *MessageId::parse(id_of(post(messages_path, object{{"content", "0"}, {"components", rows}})));
  const auto& used = add(InteractionType::component, {{"custom_id", "a"}, {"component_type", 2}}, id);
  EXPECT_EQ(respond(used, object{{"type", 7}, {"data", {{"content", "1"}}}}).status, 204U);
  EXPECT_EQ(sim.messages.find(channel.id, id)->content, "1");
  EXPECT_EQ(id_of(get(original(used))), id.to_string());

  const auto& later = add(InteractionType::component, {{"custom_id", "a"}, {"component_type", 2}}, id);
  EXPECT_EQ(respond(later, object{{"type", 6}}).status, 204U);
  EXPECT_EQ(json(patch(original(later), object{{"content", "2"}, {"components", array()}})).at("content"), "2");
}

TEST_F(InteractionRoutesTest, EphemeralAnswersAreNotInTheChannel) {
  const auto& ping = call();
  respond(ping, message("Psst", 64));
  EXPECT_TRUE(json(get(messages_path)).as_array().empty());
  EXPECT_EQ(code(get(messages_path + "/" + id_of(get(original(ping))))), 10008);
}

TEST_F(InteractionRoutesTest, AnswersDoNotCountForTheGlobalLimitAndEachTokenHasItsOwn) {
  sim.world.rate_limits.lifted = false;
  sim.world.rate_limits.global = {1, 1000ms};
  const auto& ping = call();
  EXPECT_EQ(get("/users/@me").status, 200U);
  EXPECT_EQ(respond(ping, message("Pong")).status, 204U);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(get(original(ping)).status, 200U);
  const auto limited = get(original(ping));
  EXPECT_EQ(limited.status, 429U);
  EXPECT_EQ(limited.headers.find("X-RateLimit-Scope"), "user");
  const auto& other = call();
  EXPECT_EQ(respond(other, message("Pong")).status, 204U);
  EXPECT_EQ(get(original(other)).status, 200U);
}

}  // namespace
}  // namespace guildhall::sim
