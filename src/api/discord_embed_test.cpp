#include "api/discord_message.hpp"
#include "schema/expect_fault.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

namespace json = boost::json;

std::string text_at(std::string_view field, std::size_t length) {
  return R"({"title":"x",")" + std::string(field) + R"(":")" + std::string(length, 'a') + R"("})";
}

TEST(Embed, IsKeptWithAllItsParts) {
  constexpr std::string_view all =
      R"({"title":"T","description":"D","url":"https://example.org/","timestamp":"2026-01-31T12:34:56.789Z",)"
      R"("color":16777215,"footer":{"text":"F","icon_url":"https://example.org/f.png"},)"
      R"("image":{"url":"https://example.org/i.png"},"thumbnail":{"url":"http://example.org/${1}.png"},)"
      R"("author":{"name":"A","url":"https://example.org/a","icon_url":"https://example.org/a.png"},)"
      R"("fields":[{"name":"N","value":"V","inline":false}]})";
  EXPECT_EQ(normal_form(embed_schema(), all), all);
}

TEST(Embed, EmptyPartsAreAbsent) {
  EXPECT_EQ(normal_form(embed_schema(), R"({"title": "kept", "description": "", "url": "", "color": "", "fields": [],
    "timestamp": null, "footer": {"text": "", "icon_url": ""}, "author": {"name": "", "url": "", "icon_url": ""},
    "image": {"url": ""}, "thumbnail": {"url": null}})"),
            R"({"title":"kept"})");
}

TEST(Embed, NeedsSomethingToShow) {
  constexpr std::string_view expected =
      ": An embed needs a title, description, field, image, thumbnail, footer or author.";
  for (const auto* invisible : {"{}", R"({"title": "", "fields": []})", R"({"color": 1})",
                                R"({"url": "https://example.org"})", R"({"title": " \u3000"})"}) {
    EXPECT_EQ(fault_of(embed_schema(), invisible), expected) << invisible;
  }
  for (const auto* visible : {
           R"({"title": "x"})",
           R"({"description": "x"})",
           R"({"fields": [{"name": "n", "value": "v"}]})",
           R"({"image": {"url": "https://example.org/i.png"}})",
           R"({"thumbnail": {"url": "https://example.org/i.png"}})",
           R"({"footer": {"text": "x"}})",
           R"({"author": {"name": "x"}})",
       }) {
    EXPECT_EQ(fault_of(embed_schema(), visible), "valid") << visible;
  }
}

TEST(Embed, TextsHaveDiscordsLimits) {
  EXPECT_EQ(fault_of(embed_schema(), text_at("description", 4096)), "valid");
  EXPECT_EQ(fault_of(embed_schema(), text_at("description", 4097)),
            "/description: Must be at most 4096 characters; this has 4097.");
  const auto title = [](std::size_t length) { return R"({"title":")" + std::string(length, 'a') + R"("})"; };
  EXPECT_EQ(fault_of(embed_schema(), title(256)), "valid");
  EXPECT_EQ(fault_of(embed_schema(), title(257)), "/title: Must be at most 256 characters; this has 257.");
  const auto footer = [](std::size_t length) { return R"({"footer":{"text":")" + std::string(length, 'a') + R"("}})"; };
  EXPECT_EQ(fault_of(embed_schema(), footer(2048)), "valid");
  EXPECT_EQ(fault_of(embed_schema(), footer(2049)), "/footer/text: Must be at most 2048 characters; this has 2049.");
  const auto author = [](std::size_t length) { return R"({"author":{"name":")" + std::string(length, 'a') + R"("}})"; };
  EXPECT_EQ(fault_of(embed_schema(), author(256)), "valid");
  EXPECT_EQ(fault_of(embed_schema(), author(257)), "/author/name: Must be at most 256 characters; this has 257.");
}

std::string with_field(std::size_t name, std::size_t value) {
  return R"({"fields":[{"name":")" + times(name, "\xC3\xA9") + R"(","value":")" + std::string(value, 'v') + R"("}]})";
}

TEST(Embed, FieldsHaveDiscordsLimits) {
  EXPECT_EQ(fault_of(embed_schema(), with_field(256, 1024)), "valid");
  EXPECT_EQ(fault_of(embed_schema(), with_field(257, 1)),
            "/fields/0/name: Must be at most 256 characters; this has 257.");
  EXPECT_EQ(fault_of(embed_schema(), with_field(1, 1025)),
            "/fields/0/value: Must be at most 1024 characters; this has 1025.");
  EXPECT_EQ(fault_of(embed_schema(), with_field(1, 0)), "/fields/0/value: Must be at least 1 character; this has 0.");
  const auto fields = [](std::size_t count) {
    return R"({"fields":[{"name":"n","value":"v"})" + times(count - 1, R"(,{"name":"n","value":"v"})") + "]}";
  };
  EXPECT_EQ(fault_of(embed_schema(), fields(25)), "valid");
  EXPECT_EQ(fault_of(embed_schema(), fields(26)), "/fields: Must be at most 25 items; this has 26.");
}

TEST(Embed, AnIconNeedsItsText) {
  EXPECT_EQ(fault_of(embed_schema(), R"({"title": "x", "footer": {"icon_url": "https://example.org/i.png"}})"),
            "/footer/text: This field is required.");
  EXPECT_EQ(fault_of(embed_schema(), R"({"title": "x", "author": {"name": "", "url": "https://example.org"}})"),
            "/author/name: Must be at least 1 character; this has 0.");
}

TEST(Embed, ColorIsANumberOrHex) {
  EXPECT_EQ(normal_form(embed_schema(), R"({"title": "x", "color": "#00ff00"})"), R"({"title":"x","color":65280})");
  EXPECT_EQ(fault_of(embed_schema(), R"({"title": "x", "color": 16777216})"),
            "/color: Must be from 0 to 16777215; this is 16777216.");
}

TEST(Embed, UrlsAreOfTheWeb) {
  for (const auto* bad : {"javascript:alert(1)", "attachment://a.png", "https://", "https:///path", "example.org",
                          "https://a b", "ftp://example.org", "https://example.org/\\\"", "discord://-/channels",
                          "x${1}", "ftp://${1}", "${1", "https://example.org/ ${1}", "javascript:${1}"}) {
    const std::string embed = R"({"title": "x", "url": ")" + std::string(bad) + R"("})";
    EXPECT_EQ(fault_of(embed_schema(), embed), "/url: Must be a URL that begins with http:// or https://.") << bad;
  }
  for (const auto* good :
       {"http://example.org", "HTTPS://example.org/?a=b#c", "https://example.org/${1}?q=${2}", "${user.avatar}", "${1}",
        "https://${1}/a.png", "${choose:https://a.example|https://b.example}/x"}) {
    EXPECT_EQ(fault_of(embed_schema(), R"({"title": "x", "url": ")" + std::string(good) + R"("})"), "valid") << good;
  }
  const std::string longest = "https://example.org/" + std::string(2028, 'a');
  EXPECT_EQ(fault_of(embed_schema(), json::object{{"image", {{"url", longest}}}}), "valid");
  EXPECT_EQ(fault_of(embed_schema(), json::object{{"image", {{"url", longest + "a"}}}}),
            "/image/url: Must be at most 2048 characters; this has 2049.");
}

TEST(Embed, TimestampIsADateThatExists) {
  const auto at = [](std::string_view time) {
    return fault_of(embed_schema(), json::object{{"title", "x"}, {"timestamp", time}});
  };
  for (const auto* good : {"2026-01-31T12:34:56.789Z", "2024-02-29T00:00:00Z", "2026-01-31T12:34", "2026-01-31",
                           "2026-01-31 12:34:56.789123+00:00", "2026-01-31T12:34:56.789123"}) {
    EXPECT_EQ(at(good), "valid") << good;
  }
  for (const auto* bad : {"2026-02-29T00:00:00Z", "0000-01-01T00:00:00Z", "2026-01-31T24:00:00Z", "yesterday"}) {
    EXPECT_EQ(at(bad), "/timestamp: Must be a date and time as in 2026-01-31T12:34:56.789Z.") << bad;
  }
  EXPECT_EQ(normal_form(embed_schema(), R"({"title":"x","timestamp":"2026-01-31 12:34:56+05:30"})"),
            R"({"title":"x","timestamp":"2026-01-31T07:04:56.000Z"})");
}

TEST(Embed, WhatDiscordAddsIsLeftOut) {
  EXPECT_EQ(
      normal_form(embed_schema(), R"({"type": "rich", "id": 1, "title": "x", "flags": 0, "provider": {"name": "p"},
    "content_scan_version": 4, "image": {"url": "https://example.org/i.png", "proxy_url": "https://example.org/p.png",
    "width": 5, "height": 4, "content_type": "image/png", "placeholder": "abc", "placeholder_version": 1, "flags": 0},
    "footer": {"text": "F", "proxy_icon_url": "https://example.org/p.png"},
    "author": {"name": "A", "iconURL": "https://example.org/a.png"}, "thumbnail": "https://example.org/t.png"})"),
      R"({"title":"x","footer":{"text":"F"},"image":{"url":"https://example.org/i.png"},)"
      R"("thumbnail":{"url":"https://example.org/t.png"},)"
      R"("author":{"name":"A","icon_url":"https://example.org/a.png"}})");
  EXPECT_EQ(fault_of(embed_schema(), R"({"type": "video", "title": "x"})"),
            "/type: Must be \"rich\". Remove this embed: Discord makes those of other types itself, from addresses in "
            "the content.");
  EXPECT_EQ(fault_of(embed_schema(), R"({"title": "x", "thumbnail": "t.png"})"),
            "/thumbnail: Must be a URL that begins with http:// or https://.");
}

TEST(Embed, ItsTextsAreCounted) {
  const json::value embed = json::parse(R"({"title": "12", "description": "123", "url": "https://example.org/",
    "footer": {"text": "1", "icon_url": "https://example.org/"}, "author": {"name": "1234"},
    "fields": [{"name": "1", "value": "éé"}, {"name": "1", "value": "1"}]})");
  EXPECT_EQ(embed_text_length(embed), 2U + 3 + 1 + 4 + 3 + 2);
}

}  // namespace
}  // namespace guildhall::api
