#include "api/script_message.hpp"

#include "schema/expect_fault.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

namespace json = boost::json;

std::string message_fault(std::string_view message) { return fault_of(script_message_schema(), message); }
std::string edit_fault(std::string_view message) { return fault_of(script_edit_schema(), message); }

TEST(ScriptMessage, SaysSomething) {
  EXPECT_EQ(message_fault(R"({"content": "x"})"), "valid");
  EXPECT_EQ(message_fault(R"({"embeds": [{"title": "x"}], "tts": true})"), "valid");
  EXPECT_EQ(message_fault(R"({"content": " "})"), ": A message needs content, an embed or a component.");
  EXPECT_EQ(message_fault(R"({"flags": 64})"), ": A message needs content, an embed or a component.");
}

TEST(ScriptMessage, NamesTheFieldAtFault) {
  EXPECT_EQ(message_fault(R"({"content": 7})"), "/content: Must be a string, not a number.");
  EXPECT_EQ(message_fault(R"({"content": "x", "attachments": []})"), "/attachments: Unknown field \"attachments\".");
  EXPECT_EQ(message_fault(R"({"components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "a"}]}]})"),
            "/components/0/components/0/custom_id: This field is required.");
  EXPECT_EQ(message_fault(R"({"components": [{"type": 1, "components": [
      {"type": 2, "style": 1, "label": "a", "custom_id": "a"},
      {"type": 2, "style": 1, "label": "b", "custom_id": "a"}]}]})"),
            "/components/0/components/1/custom_id: Another component of this message has this custom_id.");
}

TEST(ScriptMessage, HasThreeFlags) {
  EXPECT_EQ(message_fault(R"({"content": "x", "flags": 4164})"), "valid");
  EXPECT_EQ(message_fault(R"({"content": "x", "flags": 32768})"),
            "/flags: Must be made of 4 (SuppressEmbeds), 64 (Ephemeral) and 4096 (SuppressNotifications).");
}

TEST(ScriptMessage, MentionsAreSaidOnce) {
  EXPECT_EQ(message_fault(
                R"({"content": "x", "allowed_mentions": {"parse": ["users"], "roles": ["7"], "replied_user": true}})"),
            "valid");
  EXPECT_EQ(message_fault(R"({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["7"]}})"),
            "/allowed_mentions/users: Must not be there where parse has it.");
  EXPECT_EQ(message_fault(R"({"content": "x", "allowed_mentions": {"parse": ["all"]}})"),
            R"(/allowed_mentions/parse/0: Must be one of "users", "roles", "everyone".)");
}

TEST(ScriptMessage, ComponentsHaveRules) {
  constexpr auto* with = R"({"content": "x", "expiresAfter": 60, "components": [{"type": 1, "components": [
      {"type": 2, "style": 1, "label": "a", "custom_id": "a", "onlyCaller": true}]}]})";
  EXPECT_EQ(message_fault(with), "valid");
  EXPECT_EQ(message_fault(R"({"content": "x", "expiresAfter": 0})"),
            "/expiresAfter: Must be from 1 to 31536000; this is 0.");
}

TEST(ScriptEdit, WhatIsEmptyTakesAway) {
  EXPECT_EQ(normal_form(script_edit_schema(), R"({"content": "", "embeds": [], "components": []})"),
            R"({"content":"","embeds":[],"components":[]})");
  EXPECT_EQ(normal_form(script_edit_schema(), R"({"content": null})"), R"({"content":null})");
  EXPECT_EQ(normal_form(script_edit_schema(), "{}"), "{}");
  EXPECT_EQ(edit_fault(R"({"embeds": [{"title": ""}]})"),
            "/embeds/0: An embed needs a title, description, field, image, thumbnail, footer or author.");
}

TEST(TidyScriptMessage, LetsScriptsSendWhatTheyGot) {
  auto message = json::parse(R"({"only_caller": true, "embeds": [{"type": "rich", "title": "T",
      "image": {"url": "https://example.com/a.png", "proxy_url": "https://example.net/a.png", "width": 1, "height": 1},
      "footer": {"text": "F", "proxy_icon_url": "https://example.net/i.png"}}],
      "components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "a", "custom_id": "a",
      "expires_after": 5}]}]})")
                     .as_object();
  tidy_script_message(message);
  EXPECT_EQ(message_fault(json::serialize(message)), "valid");
  EXPECT_EQ(message.at("onlyCaller"), true);
  EXPECT_EQ(message.at("components").at(0).at("components").at(0).at("expiresAfter"), 5);
}

TEST(TidyScriptMessage, DropsWhatDiscordAdds) {
  auto message =
      json::parse(R"({"embeds": [{"type": "rich", "title": "T", "new": {"a": 1}, "author": {"name": "n", "x": 1},
      "fields": [{"name": "a", "value": "b", "y": [1]}], "image": {"url": "https://a.example/", "placeholder": "p"}},
      {"type": "video", "url": "https://a.example/", "video": {"url": "https://a.example/v"}}],
      "components": [{"type": 1, "id": 1, "spacing": 2, "components": [{"type": 2, "id": 2, "style": 1, "label": "a",
      "custom_id": "a", "sku_id": null, "glow": true, "emoji": {"name": "\u2764", "id": null, "z": 1}}]},
      {"type": 1, "id": 3, "components": [{"type": 3, "id": 4, "custom_id": "b", "required": true, "new": 1,
      "options": [{"label": "A", "value": "a", "new": {}}]}]}]})")
          .as_object();
  tidy_script_message(message);
  json::value sent = std::move(message);
  ASSERT_TRUE(script_message_schema().validate(sent));
  EXPECT_EQ(sent.at("embeds").as_array().size(), 1U);
  for (const auto* gone : {"new", "glow", "spacing", "required", "placeholder", "\"z\"", "video"}) {
    EXPECT_EQ(json::serialize(sent).find(gone), std::string::npos) << gone;
  }
}

TEST(TidyScriptMessage, MindsNothing) {
  for (const auto* odd : {R"({"embeds": 7, "components": {}})", R"({"embeds": [7], "components": [[]]})",
                          R"({"embeds": [{"image": 7, "footer": []}], "components": [{"components": 7}]})"}) {
    auto message = json::parse(odd).as_object();
    tidy_script_message(message);
    EXPECT_NE(message_fault(json::serialize(message)), "valid") << odd;
  }
}

}  // namespace
}  // namespace guildhall::api
