#include "bot/run/interaction_answer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <string>

namespace guildhall::bot {
namespace {

namespace json = boost::json;
using discord::MessageId;
using ::testing::ElementsAre;
using vm::Method;
using Request = InteractionAnswer::Request;

std::string to_text(const Request& request) {
  std::string text;
  switch (request.kind) {
    case Request::Kind::none: return "nothing";
    case Request::Kind::callback: text = "callback " + std::to_string(request.type); break;
    case Request::Kind::edit: text = "edit"; break;
    case Request::Kind::follow_up: text = "follow-up"; break;
    case Request::Kind::remove: text = "remove"; break;
    case Request::Kind::fetch: text = "fetch"; break;
  }
  if (request.kind != Request::Kind::callback && request.kind != Request::Kind::follow_up) {
    text += request.message ? " " + request.message->to_string() : " @original";
  }
  if (request.with_message) text += " with message";
  return request.data.empty() ? text : text + " " + json::serialize(request.data);
}

class InteractionAnswerTest : public ::testing::Test {
 protected:
  /// What a call leads to; Discord takes it, and makes message 77 of it.
  std::string say(Method method, std::string_view data = "{}", std::optional<MessageId> message = {}) {
    const auto request = answer_.say({method, json::parse(data).as_object(), message, false});
    if (!request) return request.error().message;
    answer_.succeeded(*request, {{"id", "77"}});
    return to_text(*request);
  }
  std::string say(Method method, MessageId message) { return say(method, "{}", message); }

  std::string defer() {
    const auto request = answer_.defer();
    return request ? to_text(*request) : "nothing";
  }

  std::vector<std::string> tell() {
    std::vector<std::string> texts;
    for (const auto& request : answer_.tell("Sorry.")) texts.push_back(to_text(request));
    return texts;
  }

  InteractionAnswer answer_;
};

constexpr auto sorry = R"({"content":"Sorry.","flags":64,"allowed_mentions":{"parse":[]}})";
constexpr auto already = "The reply to this interaction has already been sent or deferred.";
constexpr auto not_yet = "The reply to this interaction has not been sent or deferred.";

TEST_F(InteractionAnswerTest, AReplyIsTheFirstResponse) {
  EXPECT_EQ(say(Method::reply, R"({"content":"a","flags":64})"), R"(callback 4 {"content":"a","flags":64})");
  EXPECT_EQ(say(Method::edit_reply, R"({"content":"b","flags":68,"tts":true})"),
            R"(edit @original {"content":"b","flags":4})");
  EXPECT_EQ(say(Method::follow_up, R"({"content":"c"})"), R"(follow-up {"content":"c"})");
  EXPECT_EQ(say(Method::edit_reply, R"({"content":"d"})", MessageId{77}), R"(edit 77 {"content":"d"})");
  EXPECT_EQ(say(Method::fetch_reply), "fetch @original");
  EXPECT_EQ(say(Method::delete_reply, MessageId{77}), "remove 77");
  EXPECT_EQ(say(Method::delete_reply), "remove @original");
}

TEST_F(InteractionAnswerTest, AnUpdateChangesTheMessageOfTheComponent) {
  EXPECT_EQ(say(Method::update, R"({"content":"a","flags":64})"), R"(callback 7 {"content":"a"})");
  EXPECT_EQ(say(Method::edit_reply, R"({"content":null})"), R"(edit @original {"content":null})");
}

TEST_F(InteractionAnswerTest, DeferringIsAFirstResponseToo) {
  EXPECT_EQ(say(Method::defer_reply, R"({"flags":4160})"), R"(callback 5 {"flags":64})");
  EXPECT_EQ(say(Method::edit_reply, R"({"content":"a"})"), R"(edit @original {"content":"a"})");
  answer_ = {};
  EXPECT_EQ(say(Method::defer_update), "callback 6");
  EXPECT_EQ(say(Method::edit_reply, R"({"content":"a"})"), R"(edit @original {"content":"a"})");
}

TEST_F(InteractionAnswerTest, ThereIsOneFirstResponse) {
  for (const auto first : {Method::reply, Method::update, Method::defer_reply, Method::defer_update}) {
    answer_ = {};
    say(first);
    for (const auto second : {Method::reply, Method::update, Method::defer_reply, Method::defer_update}) {
      EXPECT_EQ(say(second), already);
    }
    EXPECT_EQ(defer(), "nothing");
  }
}

TEST_F(InteractionAnswerTest, NothingElseComesBeforeIt) {
  for (const auto method : {Method::edit_reply, Method::follow_up, Method::delete_reply, Method::fetch_reply}) {
    EXPECT_EQ(say(method), not_yet);
  }
  defer();
  for (const auto method : {Method::edit_reply, Method::follow_up, Method::delete_reply, Method::fetch_reply}) {
    EXPECT_EQ(say(method), not_yet) << "the script does not notice that we deferred";
  }
}

TEST_F(InteractionAnswerTest, WhereDiscordRefusesItTheScriptMayTryAgain) {
  const auto refused = answer_.say({Method::reply, {}, {}, false});
  answer_.failed(*refused);
  EXPECT_FALSE(answer_.responded());
  EXPECT_EQ(say(Method::reply), "callback 4");
}

TEST_F(InteractionAnswerTest, ALateReplyIsAFollowUp) {
  EXPECT_EQ(defer(), "callback 6");
  EXPECT_EQ(defer(), "nothing");
  EXPECT_EQ(say(Method::reply, R"({"content":"a","flags":64})"), R"(follow-up {"content":"a","flags":64})");
  EXPECT_EQ(say(Method::reply), already);
  EXPECT_EQ(say(Method::edit_reply, R"({"content":"b"})"), R"(edit 77 {"content":"b"})");
  EXPECT_EQ(say(Method::fetch_reply), "fetch 77");
  EXPECT_EQ(say(Method::delete_reply), "remove 77");
  EXPECT_EQ(say(Method::fetch_reply), "fetch 77") << "Discord says that it is gone";
}

TEST_F(InteractionAnswerTest, ALateUpdateEditsTheMessageOfTheComponent) {
  defer();
  EXPECT_EQ(say(Method::update, R"({"content":"a"})"), R"(edit @original {"content":"a"})");
  EXPECT_EQ(say(Method::edit_reply, R"({"content":"b"})"), R"(edit @original {"content":"b"})");
}

TEST_F(InteractionAnswerTest, ALateDeferralSendsNothing) {
  defer();
  EXPECT_EQ(say(Method::defer_reply, R"({"flags":64})"), "nothing");
  EXPECT_EQ(say(Method::fetch_reply), "There is no reply yet.");
  EXPECT_EQ(say(Method::delete_reply), "nothing");
  EXPECT_EQ(say(Method::edit_reply, R"({"content":"a","embeds":null})"), R"(follow-up {"content":"a","flags":64})");
  EXPECT_EQ(say(Method::edit_reply, R"({"content":"b"})"), R"(edit 77 {"content":"b"})");
  answer_ = {};
  defer();
  EXPECT_EQ(say(Method::defer_update), "nothing");
  EXPECT_EQ(say(Method::edit_reply, R"({"content":"b"})"), R"(edit @original {"content":"b"})");
}

TEST_F(InteractionAnswerTest, ShowsTheMessageWhereTheScriptAsks) {
  auto request = answer_.say({Method::reply, {}, {}, true});
  EXPECT_EQ(to_text(*request), "callback 4 with message");
  answer_ = {};
  defer();
  request = answer_.say({Method::defer_update, {}, {}, true});
  EXPECT_EQ(to_text(*request), "fetch @original");
}

TEST_F(InteractionAnswerTest, TellsThePersonAlone) {
  EXPECT_THAT(tell(), ElementsAre(std::string("callback 4 ") + sorry));
  EXPECT_EQ(defer(), "nothing") << "that was the response";
  answer_ = {};
  say(Method::reply);
  EXPECT_THAT(tell(), ElementsAre(std::string("follow-up ") + sorry));
  answer_ = {};
  defer();
  EXPECT_THAT(tell(), ElementsAre(std::string("follow-up ") + sorry));
}

TEST_F(InteractionAnswerTest, NobodyGoesOnSeeingThatABotThinks) {
  say(Method::defer_reply);
  EXPECT_THAT(tell(), ElementsAre("remove @original", std::string("follow-up ") + sorry));
  answer_ = {};
  say(Method::defer_reply, R"({"flags":64})");
  EXPECT_THAT(tell(), ElementsAre(R"(edit @original {"content":"Sorry.","allowed_mentions":{"parse":[]}})"));
  answer_ = {};
  say(Method::defer_reply);
  say(Method::edit_reply);
  EXPECT_THAT(tell(), ElementsAre(std::string("follow-up ") + sorry));
}

}  // namespace
}  // namespace guildhall::bot
