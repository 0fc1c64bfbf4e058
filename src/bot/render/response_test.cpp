#include "bot/render/response.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <string>
#include <vector>

#include "base/utf8.hpp"
#include "bot/components/component_ids.hpp"

namespace guildhall::bot {
namespace {

namespace json = boost::json;
using base::CommandId;
using base::Errc;
using base::GuildId;
using base::UserId;
using namespace std::chrono_literals;

const ComponentIds ids({base::Secret(std::string(32, 'k'))});
const ComponentOrigin origin{GuildId{100}, CommandId{7}, 3, UserId{5}, InvocationId{900}, base::Timestamp(1h)};

std::optional<json::object> render(const std::string& response, std::vector<std::string_view> arguments) {
  const auto parsed = Response::parse(response);
  EXPECT_TRUE(parsed) << response;
  return parsed->render({.arguments = arguments, .user_avatar = "https://cdn.example/5.png"}, ids, origin);
}

json::object embed_of(const std::string& embed, std::vector<std::string_view> arguments) {
  const auto message = render(R"({"embeds":[)" + embed + "]}", std::move(arguments));
  return message->at("embeds").as_array().at(0).as_object();
}

std::size_t length(const json::value& text) { return base::count_code_points(text.as_string()).value(); }

TEST(Response, IsAMessageThatMentionsNobody) {
  EXPECT_EQ(json::serialize(*render(R"({"content":"Hello ${1}!"})", {"World"})),
            R"({"content":"Hello World!","allowed_mentions":{"parse":[],"replied_user":false}})");
}

TEST(Response, ArgumentsCannotChangeWhatTheMessageIs) {
  const auto* const hostile = R"(","embeds":[{"title":"x"}],"tts":true,"content":"@everyone <@1> <@&2>)";
  const auto message = render(R"({"content":"${1}","embeds":[{"title":"${1}"}]})", {hostile});
  EXPECT_EQ(message->at("content").as_string(), hostile);
  EXPECT_EQ(message->at("embeds").as_array().at(0).as_object().at("title").as_string(), hostile);
  EXPECT_EQ(message->size(), 3U);
  EXPECT_EQ(json::serialize(message->at("allowed_mentions")), R"({"parse":[],"replied_user":false})");
}

TEST(Response, ArgumentsStandInEveryTextOfAnEmbed) {
  const auto embed = embed_of(
      R"({"title":"T ${1}","description":"D ${1}","url":"https://example.com/${1}","color":"#5865f2",
          "footer":{"text":"F ${1}","icon_url":"https://example.com/f.png"},"author":{"name":"A ${1}"},
          "fields":[{"name":"N ${1}","value":"V ${2}","inline":true}]})",
      {"one", "two"});
  EXPECT_EQ(json::value(embed), json::parse(R"({"title":"T one","description":"D one","color":5793266,
      "url":"https://example.com/one","footer":{"text":"F one","icon_url":"https://example.com/f.png"},
      "author":{"name":"A one"},"fields":[{"name":"N one","value":"V two","inline":true}]})"));
}

TEST(Response, EachTextIsCutAtItsLimit) {
  const std::string robots = [] {
    std::string text;
    for (int i = 0; i < 5000; ++i) text += "\U0001F916";
    return text;
  }();
  EXPECT_EQ(length(render(R"({"content":"${1}"})", {robots})->at("content")), 2000U);
  EXPECT_EQ(length(embed_of(R"({"title":"${1}"})", {robots}).at("title")), 256U);
  EXPECT_EQ(length(embed_of(R"({"description":"${1}"})", {robots}).at("description")), 4096U);
  EXPECT_EQ(length(embed_of(R"({"footer":{"text":"${1}"}})", {robots}).at("footer").at("text")), 2048U);
  EXPECT_EQ(length(embed_of(R"({"author":{"name":"${1}"}})", {robots}).at("author").at("name")), 256U);
  const auto field = embed_of(R"({"fields":[{"name":"${1}","value":"${1}"}]})", {robots}).at("fields").at(0);
  EXPECT_EQ(length(field.at("name")), 256U);
  EXPECT_EQ(length(field.at("value")), 1024U);
  EXPECT_TRUE(field.at("value").as_string().ends_with("\U0001F916…"));
}

TEST(Response, AllEmbedsAreCutAtWhatAMessageMayHold) {
  const std::string text(5000, 'x');
  const auto message = render(R"({"embeds":[{"description":"${1}"},{"description":"${1}"},{"title":"gone"}]})", {text});
  const auto& embeds = message->at("embeds").as_array();
  ASSERT_EQ(embeds.size(), 2U);
  EXPECT_EQ(length(embeds.at(0).at("description")), 4096U);
  EXPECT_EQ(length(embeds.at(1).at("description")), 6000U - 4096U);
}

TEST(Response, WhatShowsNothingIsLeftOut) {
  EXPECT_EQ(render(R"({"content":"${1}"})", {}), std::nullopt);
  EXPECT_EQ(render(R"({"content":" ${1} "})", {"\n"}), std::nullopt);
  EXPECT_EQ(render(R"({"embeds":[{"title":"${1}","color":1}]})", {}), std::nullopt);
  const auto some = render(R"({"content":"${1}","embeds":[{"title":"${1}"},{"title":"${1}","image":
      {"url":"https://example.com/i.png"},"footer":{"text":"${1}"},"fields":[{"name":"${1}","value":"${1}"}]}]})",
                           {});
  EXPECT_FALSE(some->contains("content"));
  EXPECT_EQ(json::serialize(some->at("embeds")), R"([{"image":{"url":"https://example.com/i.png"}}])");
}

TEST(Response, AFieldWithHalfOfItsTextsStays) {
  const auto embed = embed_of(R"({"fields":[{"name":"Answer","value":"${1}"}]})", {});
  EXPECT_EQ(json::serialize(embed), "{\"fields\":[{\"name\":\"Answer\",\"value\":\"\u200B\"}]}");
}

TEST(Response, AddressesAreFilledIn) {
  constexpr auto embed = R"({"title":"T","url":"https://example.org/${1}","image":{"url":"https://${1}.example.org"},
      "thumbnail":{"url":"${user.avatar}"},"footer":{"text":"F","icon_url":"${user.avatar}"},
      "author":{"name":"A","url":"${1}","icon_url":"https://example.org/${1}.png"}})";
  EXPECT_EQ(json::value(embed_of(embed, {"cat"})),
            json::parse(R"({"title":"T","url":"https://example.org/cat","image":{"url":"https://cat.example.org"},
                "thumbnail":{"url":"https://cdn.example/5.png"},
                "footer":{"text":"F","icon_url":"https://cdn.example/5.png"},
                "author":{"name":"A","icon_url":"https://example.org/cat.png"}})"));
  EXPECT_EQ(json::value(embed_of(embed, {"a cat"})),
            json::parse(R"({"title":"T","thumbnail":{"url":"https://cdn.example/5.png"},
                "footer":{"text":"F","icon_url":"https://cdn.example/5.png"},"author":{"name":"A"}})"));
}

TEST(Response, AnAddressThatIsNoneDoesNotTakeTheResponseAlong) {
  const auto message = render(R"({"content":"Look:","embeds":[{"image":{"url":"${1}"}}],"components":[
      {"type":1,"components":[{"type":2,"style":5,"label":"Go","url":"https://example.org/${1}"}]}]})",
                              {"no address"});
  EXPECT_EQ(message->at("content"), "Look:");
  EXPECT_FALSE(message->contains("embeds"));
  EXPECT_FALSE(message->contains("components"));
  const auto link = render(R"({"components":[{"type":1,"components":[
      {"type":2,"style":5,"label":"Go","url":"https://example.org/${1}"}]}]})",
                           {"here"});
  EXPECT_EQ(link->at("components").at(0).at("components").at(0).at("url"), "https://example.org/here");
}

TEST(Response, ComponentsTellTheirCommand) {
  const auto message = render(R"({"components":[{"type":1,"components":[
      {"type":2,"style":1,"label":"${1}","custom_id":"go"},
      {"type":2,"style":5,"label":"Site","url":"https://example.com"}]}]})",
                              {"x"});
  const auto& buttons = message->at("components").at(0).at("components").as_array();
  const auto id = ids.verify(GuildId{100}, buttons.at(0).at("custom_id").as_string());
  ASSERT_TRUE(id);
  EXPECT_EQ(id->custom_id, "go");
  EXPECT_EQ(id->claims, (ComponentClaims{GuildId{100}, CommandId{7}, 3, {}, {}, InvocationId{900}}));
  EXPECT_EQ(buttons.at(0).at("label").as_string(), "${1}");
  EXPECT_FALSE(buttons.at(1).as_object().contains("custom_id"));
}

TEST(Response, ComponentsMayBeForTheCallerAloneAndForATime) {
  const auto message = render(R"({"onlyCaller":true,"components":[{"type":1,"components":[
      {"type":2,"style":1,"label":"a","custom_id":"a"},
      {"type":2,"style":1,"label":"b","custom_id":"b","onlyCaller":false,"expiresAfter":60}]}]})",
                              {});
  EXPECT_FALSE(message->contains("onlyCaller"));
  const auto& buttons = message->at("components").at(0).at("components").as_array();
  const auto claims = [&](std::size_t button) {
    EXPECT_FALSE(buttons.at(button).as_object().contains("onlyCaller"));
    EXPECT_FALSE(buttons.at(button).as_object().contains("expiresAfter"));
    return ids.verify(GuildId{100}, buttons.at(button).at("custom_id").as_string()).value().claims;
  };
  EXPECT_EQ(claims(0).caller, UserId{5});
  EXPECT_EQ(claims(0).expires, std::nullopt);
  EXPECT_EQ(claims(1).caller, std::nullopt);
  EXPECT_EQ(claims(1).expires, std::chrono::sys_seconds(1h + 60s));
}

TEST(Response, ThatDiscordWouldNotTakeIsRefused) {
  EXPECT_EQ(Response::parse("{").error().code, Errc::malformed);
  EXPECT_EQ(Response::parse("{}").error().code, Errc::invalid);
  EXPECT_EQ(Response::parse(R"({"content":7})").error().field, "/content");
}

std::shared_ptr<const Response> response_of_length(std::size_t length = 10) {
  return std::make_shared<const Response>(
      Response::parse(R"({"content":")" + std::string(length, 'x') + R"("})").value());
}

TEST(ResponseCache, KnowsOneRevisionOfACommand) {
  ResponseCache cache(1 << 20);
  const auto first = response_of_length();
  cache.put(CommandId{1}, 1, first);
  EXPECT_EQ(cache.find(CommandId{1}, 1), first);
  EXPECT_EQ(cache.find(CommandId{1}, 2), nullptr);
  EXPECT_EQ(cache.find(CommandId{2}, 1), nullptr);
  const auto second = response_of_length();
  cache.put(CommandId{1}, 2, second);
  EXPECT_EQ(cache.find(CommandId{1}, 2), second);
  EXPECT_EQ(cache.find(CommandId{1}, 1), nullptr);
}

TEST(ResponseCache, DropsTheLeastRecentlyUsed) {
  const auto weight = response_of_length(1000)->weight();
  ResponseCache cache(weight * 3);
  cache.put(CommandId{1}, 1, response_of_length(1000));
  cache.put(CommandId{2}, 1, response_of_length(1000));
  EXPECT_TRUE(cache.find(CommandId{1}, 1));
  cache.put(CommandId{3}, 1, response_of_length(1000));
  EXPECT_TRUE(cache.find(CommandId{1}, 1));
  EXPECT_FALSE(cache.find(CommandId{2}, 1));
  EXPECT_TRUE(cache.find(CommandId{3}, 1));
}

}  // namespace
}  // namespace guildhall::bot
