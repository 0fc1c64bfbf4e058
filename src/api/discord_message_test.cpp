#include "api/discord_message.hpp"

#include "schema/expect_fault.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

namespace json = boost::json;

std::string response_fault(const json::value& response) { return fault_of(command_response_schema(), response); }

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
  EXPECT_EQ(response_fault(json::parse("{}")), expected);
  EXPECT_EQ(response_fault(json::parse(R"({"content": " ", "embeds": [], "components": []})")), expected);
  EXPECT_EQ(response_fault(json::parse(R"({"components": [{"type": 1, "components": [
    {"type": 2, "style": 1, "label": "a", "custom_id": "a"}]}]})")),
            "valid");
}

TEST(CommandResponse, ContentHas2000Characters) {
  EXPECT_EQ(response_fault(json::object{{"content", times(2000, "\xF0\x9F\xA6\x80")}}), "valid");
  EXPECT_EQ(response_fault(json::object{{"content", times(2001, "\xF0\x9F\xA6\x80")}}),
            "/content: Must be at most 2000 characters; this has 2001.");
}

TEST(CommandResponse, HasTenEmbedsAndFiveRows) {
  const json::object embed{{"title", "x"}};
  EXPECT_EQ(response_fault(json::object{{"embeds", json::array(10, embed)}}), "valid");
  EXPECT_EQ(response_fault(json::object{{"embeds", json::array(11, embed)}}),
            "/embeds: Must be at most 10 items; this has 11.");
  json::array rows;
  for (int i = 0; i < 5; ++i) {
    const json::object button{{"type", 2}, {"style", 5}, {"label", "x"}, {"url", "https://example.org"}};
    rows.push_back({{"type", 1}, {"components", json::array{button}}});
  }
  EXPECT_EQ(response_fault(json::object{{"components", rows}}), "valid");
  rows.push_back(rows.front());
  EXPECT_EQ(response_fault(json::object{{"components", rows}}), "/components: Must be at most 5 items; this has 6.");
}

TEST(CommandResponse, EmbedsHave6000CharactersTogether) {
  const auto embeds = [](std::size_t first, std::size_t second) {
    return json::object{{"embeds", json::array{json::object{{"description", std::string(first, 'a')}},
                                               json::object{{"description", std::string(second, 'a')}}}}};
  };
  EXPECT_EQ(response_fault(embeds(3000, 3000)), "valid");
  EXPECT_EQ(response_fault(embeds(3000, 3001)),
            "/embeds: Must be at most 6000 characters in all embeds together; these have 6001.");
}

TEST(CommandResponse, PointsDeepInside) {
  EXPECT_EQ(response_fault(json::parse(R"({"embeds": [{"title": "x"}, {"title": "x", "shape": 1}]})")),
            "/embeds/1/shape: Unknown field \"shape\".");
  EXPECT_EQ(response_fault(json::parse(R"({"components": [{"type": 1, "components": [
    {"type": 2, "style": 1, "label": "a", "custom_id": "same"}, {"type": 2, "style": 1, "label": "b", "custom_id": "same"}
    ]}]})")),
            "/components/0/components/1/custom_id: Another component of this message has this custom_id.");
}

TEST(CommandResponse, SaysWhatToDoAboutWhatItCannotKeep) {
  const auto with = [](std::string_view member) {
    return response_fault(json::parse(R"({"content": "x", )" + std::string(member) + "}"));
  };
  EXPECT_EQ(with(R"("tts": true)"), "/tts: A response is not read aloud. Remove this.");
  EXPECT_EQ(with(R"("username": "Captain Hook")"),
            "/username: The bot answers with its own name and picture. Remove this.");
  EXPECT_EQ(
      with(R"("attachments": [{"id": 0}])"),
      "/attachments: Files cannot be kept. Put the address of a picture into an embed's image, or a link into the "
      "content, and remove this.");
  EXPECT_EQ(with(R"("allowed_mentions": {"parse": ["users"]})"),
            "/allowed_mentions: A response mentions nobody. Remove this.");
  EXPECT_EQ(with(R"("flags": 4)"), "/flags: Must be 0: a response has no flags. Remove them.");
  EXPECT_EQ(with(R"("flags": 32768)"),
            "/flags: Components V2 (flag 32768) cannot be kept. Use content, embeds and rows "
            "of components, and remove the flag.");
  EXPECT_EQ(with(R"("poll": {"question": {"text": "?"}})"), "/poll: Polls cannot be kept. Remove this.");
  EXPECT_EQ(with(R"("shape": 1)"), "/shape: Unknown field \"shape\".");
}

/// The normal form of a response with this content alone.
std::string content_alone(std::string_view content) {
  return R"({"content":")" + std::string(content) + R"(","embeds":[],"components":[]})";
}

TEST(CommandResponse, LeavesOutWhatChangesNothing) {
  for (
      const auto* pasted : {
          R"({"content": "x", "tts": false, "attachments": [], "flags": 0, "embeds": [], "username": "", "poll": null})",
          R"({"content": "x", "embeds": null, "components": [], "allowed_mentions": {"parse": []}, "nonce": "7"})",
          R"({"content": "x", "embeds": [{}, null, {"type": "rich", "title": "", "fields": []}], "thread_name": null})",
          R"({"content": "x", "flags": 32, "type": 19, "id": "1", "pinned": true, "unheard_of": null})",
      }) {
    EXPECT_EQ(normal_form(command_response_schema(), pasted), content_alone("x")) << pasted;
  }
}

TEST(CommandResponse, MayBeWrapped) {
  for (const auto* pasted : {
           R"({"messages": [{"data": {"content": "x", "embeds": null, "attachments": []}, "reference": "https://x"}]})",
           R"({"version": "d2", "messages": [{"_id": "a", "data": {"content": "x"}}], "targets": [{"url": "y"}]})",
           R"({"type": 4, "data": {"content": "x", "tts": false}})",
           R"({"message": {"content": "x"}})",
       }) {
    EXPECT_EQ(normal_form(command_response_schema(), pasted), content_alone("x")) << pasted;
  }
  constexpr std::string_view embed = R"({"content":null,"embeds":[{"title":"T"}],"components":[]})";
  for (const auto* pasted : {R"({"title": "T", "color": null})", R"([{"type": "rich", "title": "T"}])",
                             R"({"embed": {"title": "T"}})", R"({"embeds": [{"title": "T"}], "embed": null})"}) {
    EXPECT_EQ(normal_form(command_response_schema(), pasted), embed) << pasted;
  }
}

TEST(CommandResponse, MayBeNadekosEmbed) {
  EXPECT_EQ(normal_form(command_response_schema(), R"({"plainText": "Hi", "title": "T", "color": 53380,
    "image": "https://example.org/i.png", "footer": {"text": "F", "icon_url": ""}})"),
            R"({"content":"Hi","embeds":[{"title":"T","color":53380,"footer":{"text":"F"},)"
            R"("image":{"url":"https://example.org/i.png"}}],"components":[]})");
}

TEST(CommandResponse, PointsIntoWhatWasWrapped) {
  const auto at = [](std::string_view pasted) {
    const auto fault = response_fault(json::parse(pasted));
    return fault.substr(0, fault.find(':'));
  };
  EXPECT_EQ(at(R"({"messages": [{"data": {"embeds": [{"title": 7}]}}]})"), "/messages/0/data/embeds/0/title");
  EXPECT_EQ(at(R"({"messages": [{"data": {}}, {"data": {}}]})"), "/messages");
  EXPECT_EQ(at(R"({"title": 7})"), "/title");
  EXPECT_EQ(at(R"([{"title": "T"}, {"title": 7}])"), "/1/title");
  EXPECT_EQ(at(R"({"content": "x", "embed": {"title": 7}})"), "/embed/title");
  EXPECT_EQ(response_fault(json::parse(R"("text")")), ": Must be an object, not a string.");
  EXPECT_EQ(response_fault(json::parse("[]")), ": Must be an object, not an array.");
}

TEST(CommandResponse, NormalisesValues) {
  EXPECT_EQ(normal_form(command_response_schema(), R"({"embeds": [{"title": "T", "color": "16711680", "timestamp":
    "2026-01-31T12:34", "fields": [{"name": "n", "value": "v", "inline": "true"}]}], "components": [{"type": "1",
    "components": [{"type": 2, "style": "1", "label": "L", "custom_id": "c", "disabled": "false",
    "emoji": {"id": 123456789012345678, "name": "e"}}]}]})"),
            R"({"content":null,"embeds":[{"title":"T","timestamp":"2026-01-31T12:34:00.000Z","color":16711680,)"
            R"("fields":[{"name":"n","value":"v","inline":true}]}],"components":[{"type":1,"components":[)"
            R"({"type":2,"style":1,"label":"L","emoji":{"id":"123456789012345678","name":"e"},"custom_id":"c",)"
            R"("disabled":false}]}]})");
}

}  // namespace
}  // namespace guildhall::api
