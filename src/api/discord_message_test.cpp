#include "api/discord_message.hpp"

#include "schema/expect_fault.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

namespace json = boost::json;

std::string fault_in(const json::value& response) { return fault_of(command_response_schema(), response); }

TEST(CommandResponse, AlwaysHasItsThreeParts) {
  constexpr std::string_view expected = R"({"content":"Hi","embeds":[],"components":[]})";
  for (const auto* said : {R"({"content": "Hi"})", R"({"components": null, "embeds": [], "content": "Hi"})"}) {
    EXPECT_EQ(normal_form(command_response_schema(), said), expected) << said;
  }
  EXPECT_EQ(normal_form(command_response_schema(), R"({"content": "", "embeds": [{"title": "T"}]})"),
            R"({"content":null,"embeds":[{"title":"T"}],"components":[]})");
}

TEST(CommandResponse, ItsNormalFormIsStable) {
  const std::string once = normal_form(command_response_schema(), R"({"content": "a", "embeds": [{"title": "T",
    "color": "#010203", "fields": []}], "components": [{"type": 1, "components": [{"type": 3, "custom_id": "c",
    "options": [{"label": "l", "value": "v", "emoji": {"name": "🐜"}}], "placeholder": ""}]}]})");
  EXPECT_EQ(normal_form(command_response_schema(), once), once);
}

TEST(CommandResponse, SaysSomething) {
  constexpr std::string_view expected = ": A response needs content, an embed or a component.";
  EXPECT_EQ(fault_in(json::parse("{}")), expected);
  EXPECT_EQ(fault_in(json::parse(R"({"content": " ", "embeds": [], "components": []})")), expected);
  EXPECT_EQ(fault_in(json::parse(R"({"components": [{"type": 1, "components": [
    {"type": 2, "style": 1, "label": "a", "custom_id": "a"}]}]})")),
            "valid");
}

TEST(CommandResponse, ContentHas2000Characters) {
  EXPECT_EQ(fault_in(json::object{{"content", times(2000, "\xF0\x9F\xA6\x80")}}), "valid");
  EXPECT_EQ(fault_in(json::object{{"content", times(2001, "\xF0\x9F\xA6\x80")}}),
            "/content: Must be at most 2000 characters; this has 2001.");
}

TEST(CommandResponse, HasTenEmbedsAndFiveRows) {
  const json::object embed{{"title", "x"}};
  EXPECT_EQ(fault_in(json::object{{"embeds", json::array(10, embed)}}), "valid");
  EXPECT_EQ(fault_in(json::object{{"embeds", json::array(11, embed)}}),
            "/embeds: Must be at most 10 items; this has 11.");
  json::array rows;
  for (int i = 0; i < 5; ++i) {
    const json::object button{{"type", 2}, {"style", 5}, {"label", "x"}, {"url", "https://example.org"}};
    rows.push_back({{"type", 1}, {"components", json::array{button}}});
  }
  EXPECT_EQ(fault_in(json::object{{"components", rows}}), "valid");
  rows.push_back(rows.front());
  EXPECT_EQ(fault_in(json::object{{"components", rows}}), "/components: Must be at most 5 items; this has 6.");
}

TEST(CommandResponse, EmbedsHave6000CharactersTogether) {
  const auto embeds = [](std::size_t first, std::size_t second) {
    return json::object{{"embeds", json::array{json::object{{"description", std::string(first, 'a')}},
                                               json::object{{"description", std::string(second, 'a')}}}}};
  };
  EXPECT_EQ(fault_in(embeds(3000, 3000)), "valid");
  EXPECT_EQ(fault_in(embeds(3000, 3001)),
            "/embeds: Must be at most 6000 characters in all embeds together; these have 6001.");
}

TEST(CommandResponse, PointsDeepInside) {
  EXPECT_EQ(fault_in(json::parse(R"({"embeds": [{"title": "x"}, {"title": "x", "shape": 1}]})")),
            "/embeds/1/shape: Unknown field \"shape\".");
  EXPECT_EQ(fault_in(json::parse(R"({"components": [{"type": 1, "components": [
    {"type": 2, "style": 1, "label": "a", "custom_id": "same"}, {"type": 2, "style": 1, "label": "b", "custom_id": "same"}
    ]}]})")),
            "/components/0/components/1/custom_id: Another component of this message has this custom_id.");
}

TEST(CommandResponse, IsNoDiscordMessageOfOtherKinds) {
  EXPECT_EQ(fault_in(json::parse(R"({"content": "x", "tts": true})")), "/tts: Unknown field \"tts\".");
}

}  // namespace
}  // namespace guildhall::api
