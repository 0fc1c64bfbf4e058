#include "discord/interaction/interaction_response.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <string>

namespace guildhall::discord {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;
using Method = InteractionMethod;
using Request = InteractionResponse::Request;

std::string to_text(const Request& request) {
  std::string text;
  switch (request.kind) {
    case Request::Kind::none: return "nothing";
    case Request::Kind::callback: text = "callback " + std::to_string(static_cast<int>(request.type)); break;
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

class InteractionResponseTest : public ::testing::Test {
 protected:
  /// The request of a call, which Discord accepts and answers with message 77.
  std::string call(Method method, std::string_view data = "{}", std::optional<MessageId> message = {}) {
    const auto request = response_.call({method, json::parse(data).as_object(), message, false});
    if (!request) return request.error().message;
    response_.succeeded(*request, {{"id", "77"}});
    return to_text(*request);
  }
  std::string call(Method method, MessageId message) { return call(method, "{}", message); }

  std::string defer() {
    const auto request = response_.defer();
    return request ? to_text(*request) : "nothing";
  }

  std::vector<std::string> notify() {
    std::vector<std::string> texts;
    for (const auto& request : response_.notify_user("Sorry.")) texts.push_back(to_text(request));
    return texts;
  }

  InteractionResponse response_;
};

constexpr auto sorry = R"({"content":"Sorry.","flags":64,"allowed_mentions":{"parse":[]}})";
constexpr auto already = "The reply to this interaction has already been sent or deferred.";
constexpr auto not_yet = "The reply to this interaction has not been sent or deferred.";

TEST_F(InteractionResponseTest, AReplyIsTheFirstResponse) {
  EXPECT_EQ(call(Method::reply, R"({"content":"a","flags":64})"), R"(callback 4 {"content":"a","flags":64})");
  EXPECT_EQ(call(Method::edit_reply, R"({"content":"b","flags":68,"tts":true})"),
            R"(edit @original {"content":"b","flags":4})");
  EXPECT_EQ(call(Method::follow_up, R"({"content":"c"})"), R"(follow-up {"content":"c"})");
  EXPECT_EQ(call(Method::edit_reply, R"({"content":"d"})", MessageId{77}), R"(edit 77 {"content":"d"})");
  EXPECT_EQ(call(Method::fetch_reply), "fetch @original");
  EXPECT_EQ(call(Method::delete_reply, MessageId{77}), "remove 77");
  EXPECT_EQ(call(Method::delete_reply), "remove @original");
}

TEST_F(InteractionResponseTest, AnUpdateEditsTheMessageOfTheComponent) {
  EXPECT_EQ(call(Method::update, R"({"content":"a","flags":64})"), R"(callback 7 {"content":"a"})");
  EXPECT_EQ(call(Method::edit_reply, R"({"content":null})"), R"(edit @original {"content":null})");
}

TEST_F(InteractionResponseTest, ADeferralIsAFirstResponse) {
  EXPECT_EQ(call(Method::defer_reply, R"({"flags":4160})"), R"(callback 5 {"flags":64})");
  EXPECT_EQ(call(Method::edit_reply, R"({"content":"a"})"), R"(edit @original {"content":"a"})");
  response_ = {};
  EXPECT_EQ(call(Method::defer_update), "callback 6");
  EXPECT_EQ(call(Method::edit_reply, R"({"content":"a"})"), R"(edit @original {"content":"a"})");
}

TEST_F(InteractionResponseTest, ThereIsOneFirstResponse) {
  for (const auto first : {Method::reply, Method::update, Method::defer_reply, Method::defer_update}) {
    response_ = {};
    call(first);
    for (const auto second : {Method::reply, Method::update, Method::defer_reply, Method::defer_update}) {
      EXPECT_EQ(call(second), already);
    }
    EXPECT_EQ(defer(), "nothing");
  }
}

TEST_F(InteractionResponseTest, OtherCallsNeedAFirstResponse) {
  for (const auto method : {Method::edit_reply, Method::follow_up, Method::delete_reply, Method::fetch_reply}) {
    EXPECT_EQ(call(method), not_yet);
  }
  defer();
  for (const auto method : {Method::edit_reply, Method::follow_up, Method::delete_reply, Method::fetch_reply}) {
    EXPECT_EQ(call(method), not_yet) << "the caller does not notice the deferral";
  }
}

TEST_F(InteractionResponseTest, ARefusedFirstResponseMayBeRepeated) {
  const auto refused = response_.call({Method::reply, {}, {}, false});
  response_.failed(*refused);
  EXPECT_FALSE(response_.responded());
  EXPECT_EQ(call(Method::reply), "callback 4");
}

TEST_F(InteractionResponseTest, ALateReplyIsAFollowUp) {
  EXPECT_EQ(defer(), "callback 6");
  EXPECT_EQ(defer(), "nothing");
  EXPECT_EQ(call(Method::reply, R"({"content":"a","flags":64})"), R"(follow-up {"content":"a","flags":64})");
  EXPECT_EQ(call(Method::reply), already);
  EXPECT_EQ(call(Method::edit_reply, R"({"content":"b"})"), R"(edit 77 {"content":"b"})");
  EXPECT_EQ(call(Method::fetch_reply), "fetch 77");
  EXPECT_EQ(call(Method::delete_reply), "remove 77");
  EXPECT_EQ(call(Method::fetch_reply), "fetch 77") << "Discord says that it is gone";
}

TEST_F(InteractionResponseTest, ALateUpdateEditsTheMessageOfTheComponent) {
  defer();
  EXPECT_EQ(call(Method::update, R"({"content":"a"})"), R"(edit @original {"content":"a"})");
  EXPECT_EQ(call(Method::edit_reply, R"({"content":"b"})"), R"(edit @original {"content":"b"})");
}

TEST_F(InteractionResponseTest, ALateDeferralSendsNothing) {
  defer();
  EXPECT_EQ(call(Method::defer_reply, R"({"flags":64})"), "nothing");
  EXPECT_EQ(call(Method::fetch_reply), "There is no reply yet.");
  EXPECT_EQ(call(Method::delete_reply), "nothing");
  EXPECT_EQ(call(Method::edit_reply, R"({"content":"a","embeds":null})"), R"(follow-up {"content":"a","flags":64})");
  EXPECT_EQ(call(Method::edit_reply, R"({"content":"b"})"), R"(edit 77 {"content":"b"})");
  response_ = {};
  defer();
  EXPECT_EQ(call(Method::defer_update), "nothing");
  EXPECT_EQ(call(Method::edit_reply, R"({"content":"b"})"), R"(edit @original {"content":"b"})");
}

TEST_F(InteractionResponseTest, ReturnsTheMessageIfAsked) {
  auto request = response_.call({Method::reply, {}, {}, true});
  EXPECT_EQ(to_text(*request), "callback 4 with message");
  response_ = {};
  defer();
  request = response_.call({Method::defer_update, {}, {}, true});
  EXPECT_EQ(to_text(*request), "fetch @original");
}

TEST_F(InteractionResponseTest, NotifiesTheUserAlone) {
  EXPECT_THAT(notify(), ElementsAre(std::string("callback 4 ") + sorry));
  EXPECT_EQ(defer(), "nothing") << "that was the response";
  response_ = {};
  call(Method::reply);
  EXPECT_THAT(notify(), ElementsAre(std::string("follow-up ") + sorry));
  response_ = {};
  defer();
  EXPECT_THAT(notify(), ElementsAre(std::string("follow-up ") + sorry));
}

TEST_F(InteractionResponseTest, ANotificationEndsThinking) {
  call(Method::defer_reply);
  EXPECT_THAT(notify(), ElementsAre("remove @original", std::string("follow-up ") + sorry));
  response_ = {};
  call(Method::defer_reply, R"({"flags":64})");
  EXPECT_THAT(notify(), ElementsAre(R"(edit @original {"content":"Sorry.","allowed_mentions":{"parse":[]}})"));
  response_ = {};
  call(Method::defer_reply);
  call(Method::edit_reply);
  EXPECT_THAT(notify(), ElementsAre(std::string("follow-up ") + sorry));
}

}  // namespace
}  // namespace guildhall::discord
