#include "bot/components/script_messages.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace guildhall::bot {
namespace {

namespace json = boost::json;
using base::CommandId;
using base::GuildId;
using base::UserId;
using namespace std::chrono_literals;

const std::string longest(100, 'x');

class ScriptMessagesTest : public ::testing::Test {
 protected:
  static std::shared_ptr<const ComponentRows> response() {
    auto parsed =
        json::parse(R"({"components":[{"type":1,"components":[{"type":2,"style":1,"label":"a","custom_id":")" +
                    longest + R"("}]}]})");
    return std::make_shared<const ComponentRows>(ComponentRows::take_from(parsed.as_object()));
  }

  static json::value buttons(std::initializer_list<std::string> custom_ids) {
    json::array list;
    for (const auto& id : custom_ids) {
      list.push_back(json::object{{"type", 2}, {"style", 1}, {"label", "a"}, {"custom_id", id}});
    }
    return {{"content", "x"}, {"components", json::array{json::object{{"type", 1}, {"components", std::move(list)}}}}};
  }

  /// The component that a message has at this place.
  [[nodiscard]] VerifiedId id_at(const json::object& message, std::size_t column) const {
    const auto& component = message.at("components").at(0).at("components").at(column);
    return ids_.verify(guild_, component.at("custom_id").as_string()).value();
  }

  const GuildId guild_{100};
  const ComponentIds ids_{{base::Secret(std::string(32, 'k'))}};
  const ComponentOrigin origin_{guild_, CommandId{7}, 2, UserId{5}, InvocationId{900}, base::Timestamp(1h)};
  ScriptMessages messages_{ids_, guild_, response()};
};

TEST_F(ScriptMessagesTest, SignsComponents) {
  auto message = buttons({"a", "b"}).as_object();
  message["only_caller"] = true;
  message["components"].at(0).at("components").at(1).as_object()["expiresAfter"] = 60;
  const auto written = messages_.write_message(message, origin_);
  ASSERT_TRUE(written);
  EXPECT_EQ(id_at(*written, 0).custom_id, "a");
  EXPECT_EQ(id_at(*written, 0).claims, (ComponentClaims{guild_, CommandId{7}, 2, UserId{5}, {}, InvocationId{900}}));
  EXPECT_EQ(id_at(*written, 1).claims.expires, std::chrono::sys_seconds(1h + 60s));
  const auto text = json::serialize(*written);
  for (const auto* own : {"onlyCaller", "only_caller", "expiresAfter"}) EXPECT_EQ(text.find(own), std::string::npos);
}

TEST_F(ScriptMessagesTest, AnIdThatIsTooLongIsAFault) {
  const auto written = messages_.write_message(buttons({"ok", std::string(90, 'y')}), origin_);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().field, "/components/0/components/1/custom_id");
  const auto max = std::to_string(ComponentIds::max_custom_id({guild_, CommandId{7}, 2, {}, {}, InvocationId{900}}));
  EXPECT_EQ(written.error().message,
            "Must be at most " + max + " characters, because guildhall needs the rest; this has 90.");
  // One of the response can be found again.
  EXPECT_TRUE(messages_.write_message(buttons({longest}), origin_));
}

TEST_F(ScriptMessagesTest, MentionsNobodyWhereItIsNotSaid) {
  EXPECT_EQ(json::serialize(messages_.write_message(json::object{{"content", "@everyone"}}, origin_).value()),
            R"({"content":"@everyone","allowed_mentions":{"parse":[]}})");
  EXPECT_EQ(json::serialize(messages_.write_edit(json::object{{"components", json::array{}}}, origin_).value()),
            R"({"components":[],"allowed_mentions":{"parse":[]}})");
  EXPECT_EQ(
      json::serialize(
          messages_.write_edit(json::object{{"allowed_mentions", json::object{{"users", json::array{"7"}}}}}, origin_)
              .value()),
      R"({"allowed_mentions":{"users":["7"]}})");
}

TEST_F(ScriptMessagesTest, WhatIsNoMessageIsAFault) {
  for (const json::value& odd : {json::value(), json::value("text"), json::value(json::array{}), json::value(7)}) {
    EXPECT_FALSE(messages_.write_message(odd, origin_));
    EXPECT_FALSE(messages_.write_edit(odd, origin_));
  }
}

TEST_F(ScriptMessagesTest, ShowsTheAuthorsIds) {
  const auto mine = ids_.sign({guild_, CommandId{7}, 1}, "mine");
  const auto hashed = ids_.sign({guild_, CommandId{7}, 1}, longest);
  auto shown = buttons({mine, hashed, "stranger"}).as_object();
  messages_.read_message(shown);
  EXPECT_EQ(json::value(shown), buttons({"mine", longest, "stranger"}));
  for (const auto* odd : {R"({})", R"({"components":7})", R"({"components":[7,{"components":[{"custom_id":7}]}]})"}) {
    auto message = json::parse(odd).as_object();
    messages_.read_message(message);
    EXPECT_EQ(json::value(message), json::parse(odd));
  }
}

TEST_F(ScriptMessagesTest, ComponentsThatAreSentAgainKeepTheirRules) {
  const ComponentClaims before{guild_, CommandId{7}, 1, UserId{6}, std::chrono::sys_seconds(9h), {}};
  json::object event{{"token", "key"},
                     {"data", {{"component_type", 2}, {"custom_id", ids_.sign(before, "mine")}}},
                     {"message", buttons({ids_.sign(before, "mine")})}};
  const auto seen = messages_.read_interaction(std::move(event), "mine");
  EXPECT_FALSE(seen.contains("token"));
  EXPECT_EQ(seen.at("data").at("custom_id"), "mine");
  EXPECT_EQ(seen.at("message"), buttons({"mine"}));

  const auto written = messages_.write_edit(buttons({"mine", "new"}), origin_).value();
  EXPECT_EQ(id_at(written, 0).claims.caller, UserId{6});
  EXPECT_EQ(id_at(written, 0).claims.expires, std::chrono::sys_seconds(9h));
  EXPECT_EQ(id_at(written, 1).claims.caller, std::nullopt);
}

TEST_F(ScriptMessagesTest, WhatDiscordShowedIsSentBack) {
  const auto signed_id = ids_.sign({guild_, CommandId{7}, 1, UserId{6}}, "mine");
  // A container, a button of an unknown style, a menu that lists an unknown channel type, a type of the future.
  const auto text = R"([{"type":17,"id":1,"accent_color":5,"components":[{"type":9,"id":2,"components":[
        {"type":10,"id":3,"content":"Hi"}],"accessory":{"type":2,"id":4,"style":1,"label":"Go","custom_id":")" +
                    signed_id + R"("}}]},
      {"type":1,"id":5,"components":[{"type":2,"id":6,"style":6,"sku_id":"1"}]},
      {"type":1,"id":7,"components":[{"type":2,"id":8,"style":1,"label":"a","custom_id":"known","new":1}]},
      {"type":99,"id":9,"future":true}])";
  json::object event{{"data", {{"custom_id", signed_id}}}, {"message", {{"components", json::parse(text)}}}};
  const auto seen = messages_.read_interaction(std::move(event), "mine");
  const auto& components = seen.at("message").at("components");
  EXPECT_EQ(components.at_pointer("/0/components/0/accessory/custom_id"), "mine");

  const auto written = messages_.write_edit({{"components", components}}, origin_);
  ASSERT_TRUE(written) << written.error().field << written.error().message;
  const auto& sent = written->at("components");
  ASSERT_EQ(sent.as_array().size(), 4U);
  EXPECT_EQ(sent.at(0).at("type"), 17);
  const auto id = ids_.verify(guild_, sent.at_pointer("/0/components/0/accessory/custom_id").as_string());
  ASSERT_TRUE(id);
  EXPECT_EQ(id->custom_id, "mine");
  EXPECT_EQ(id->claims.caller, UserId{6});
  EXPECT_EQ(sent.at_pointer("/1/components/0/sku_id"), "1");
  EXPECT_FALSE(sent.at_pointer("/2/components/0").as_object().contains("new"));
  EXPECT_EQ(sent.at(3), (json::object{{"type", 99}, {"id", 9}, {"future", true}}));
  // What Discord has not shown is the script's own fault.
  EXPECT_FALSE(messages_.write_edit({{"components", json::array{json::object{{"type", 98}}}}}, origin_));
}

TEST_F(ScriptMessagesTest, UnknownComponentsAloneAreAMessage) {
  json::object event{{"data", {{"custom_id", "x"}}},
                     {"message", {{"components", json::array{json::object{{"type", 99}}}}}}};
  const auto seen = messages_.read_interaction(std::move(event), "x");
  const auto written = messages_.write_message({{"components", seen.at("message").at("components")}}, origin_);
  ASSERT_TRUE(written);
  EXPECT_EQ(written->at("components"), (json::array{json::object{{"type", 99}}}));
}

}  // namespace
}  // namespace guildhall::bot
