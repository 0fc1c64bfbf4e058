#include "api/discord_components.hpp"

#include "schema/expect_fault.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

namespace json = boost::json;

/// What is wrong with a row of these components.
std::string fault_in_row(std::string_view components) {
  return fault_of(top_component_schema(), R"({"type": 1, "components": [)" + std::string(components) + "]}");
}

std::string component_fault(json::object component) {
  return fault_of(top_component_schema(), json::object{{"type", 1}, {"components", json::array{std::move(component)}}});
}

json::object changed(std::string_view base, std::string_view changes) {
  json::object result = json::parse(base).as_object();
  const json::value parsed = json::parse(changes);
  for (const auto& change : parsed.as_object()) {
    if (change.value() == "none") {
      result.erase(change.key());
    } else {
      result[change.key()] = change.value();
    }
  }
  return result;
}

json::object button(std::string_view changes) {
  return changed(R"({"type": 2, "style": 1, "label": "Press", "custom_id": "press"})", changes);
}

json::object link(std::string_view changes) {
  return changed(R"({"type": 2, "style": 5, "label": "Go", "url": "https://example.org"})", changes);
}

json::object select(std::string_view changes) {
  return changed(R"({"type": 3, "custom_id": "pick", "options": [{"label": "A", "value": "a"}]})", changes);
}

json::object users(std::string_view changes) { return changed(R"({"type": 5, "custom_id": "who"})", changes); }

TEST(ActionRow, HoldsOneToFiveButtons) {
  const std::string one = R"({"type": 2, "style": 1, "label": "a", "custom_id": "a"})";
  EXPECT_EQ(fault_in_row(""), "/components: Must be at least 1 item; this has 0.");
  EXPECT_EQ(fault_in_row(one + times(4, "," + one)), "valid");
  EXPECT_EQ(fault_in_row(one + times(5, "," + one)), "/components: Must be at most 5 items; this has 6.");
}

TEST(ActionRow, HoldsOneSelectAndNothingElse) {
  const std::string menu = R"({"type": 5, "custom_id": "a"})";
  EXPECT_EQ(fault_in_row(menu), "valid");
  constexpr std::string_view expected =
      "/components: A row holds up to 5 buttons, or one select menu and nothing else.";
  EXPECT_EQ(fault_in_row(menu + "," + menu), expected);
  EXPECT_EQ(fault_in_row(menu + R"(,{"type": 2, "style": 1, "label": "a", "custom_id": "b"})"), expected);
}

TEST(ActionRow, IsTheOnlyThingAtTheTop) {
  EXPECT_EQ(fault_of(top_component_schema(), button("{}")), "/type: Must be 1.");
  EXPECT_EQ(fault_in_row(R"({"type": 1, "components": []})"), "/components/0/type: Must be one of 2, 3, 5, 6, 7, 8.");
}

TEST(Button, HasDiscordsLimits) {
  EXPECT_EQ(component_fault(button(R"({"style": 4})")), "valid");
  EXPECT_EQ(component_fault(button(R"({"style": 6})")), "/components/0/style: Must be one of 1, 2, 3, 4, 5.");
  json::object longest = button("{}");
  longest["label"] = std::string(80, 'a');
  longest["custom_id"] = std::string(100, 'a');
  EXPECT_EQ(component_fault(longest), "valid");
  longest["label"] = std::string(81, 'a');
  EXPECT_EQ(component_fault(longest), "/components/0/label: Must be at most 80 characters; this has 81.");
  longest["label"] = "a";
  longest["custom_id"] = std::string(101, 'a');
  EXPECT_EQ(component_fault(longest), "/components/0/custom_id: Must be at most 100 characters; this has 101.");
  EXPECT_EQ(component_fault(button(R"({"custom_id": ""})")),
            "/components/0/custom_id: Must be at least 1 character; this has 0.");
  EXPECT_EQ(component_fault(button(R"({"custom_id": "none"})")), "/components/0/custom_id: This field is required.");
}

TEST(Button, NeedsALabelOrAnEmoji) {
  EXPECT_EQ(component_fault(button(R"({"label": ""})")), "/components/0/label: A button needs a label or an emoji.");
  EXPECT_EQ(component_fault(button(R"({"label": null, "emoji": {"name": "🐜"}})")), "valid");
  EXPECT_EQ(component_fault(link(R"({"label": "none"})")), "/components/0/label: A button needs a label or an emoji.");
}

TEST(Button, EmojiIsUnicodeOrCustom) {
  EXPECT_EQ(component_fault(button(R"({"emoji": {"id": "1", "name": "party", "animated": true}})")), "valid");
  EXPECT_EQ(component_fault(button(R"({"emoji": {"id": "1"}})")), "valid");
  EXPECT_EQ(component_fault(button(R"({"emoji": {"id": null, "name": "", "animated": false}})")), "valid");
  EXPECT_EQ(component_fault(button(R"({"emoji": {"name": "party"}})")),
            "/components/0/emoji/name: Must be a Unicode emoji, or a custom emoji's name beside its id.");
  EXPECT_EQ(component_fault(button(R"({"emoji": {"id": "x"}})")),
            "/components/0/emoji/id: Must be an id of Discord: digits, at most 2^64-1.");
  EXPECT_EQ(component_fault(button(R"({"emoji": {"animated": true}})")),
            "/components/0/emoji/name: An emoji needs a name or an id.");
}

TEST(LinkButton, NeedsAUrlAndNoCustomId) {
  EXPECT_EQ(component_fault(link("{}")), "valid");
  EXPECT_EQ(component_fault(link(R"({"url": "discord://-/channels/1/2"})")), "valid");
  EXPECT_EQ(component_fault(link(R"({"url": "none"})")), "/components/0/url: This field is required.");
  EXPECT_EQ(component_fault(link(R"({"url": "mailto:a@b"})")),
            "/components/0/url: Must be a URL that begins with http://, https:// or discord://.");
  EXPECT_EQ(component_fault(link(R"({"custom_id": "x"})")), "/components/0/custom_id: Not allowed where style is 5.");
  EXPECT_EQ(component_fault(link(R"({"custom_id": ""})")), "valid");
  EXPECT_EQ(component_fault(button(R"({"url": "https://example.org"})")),
            "/components/0/url: Not allowed where style is 1.");
  json::object longest = link("{}");
  longest["url"] = "https://a/" + std::string(502, 'a');
  EXPECT_EQ(component_fault(longest), "valid");
  longest["url"] = "https://a/" + std::string(503, 'a');
  EXPECT_EQ(component_fault(longest), "/components/0/url: Must be at most 512 characters; this has 513.");
}

json::array options(std::size_t count, std::size_t defaults = 0) {
  json::array all;
  for (std::size_t i = 0; i < count; ++i) {
    all.push_back({{"label", "L"}, {"value", std::to_string(i)}, {"default", i < defaults}});
  }
  return all;
}

TEST(StringSelect, HoldsOneTo25OptionsOfTheirOwnValues) {
  json::object menu = select("{}");
  menu["options"] = options(25);
  EXPECT_EQ(component_fault(menu), "valid");
  menu["options"] = options(26);
  EXPECT_EQ(component_fault(menu), "/components/0/options: Must be at most 25 items; this has 26.");
  EXPECT_EQ(component_fault(select(R"({"options": []})")),
            "/components/0/options: Must be at least 1 item; this has 0.");
  EXPECT_EQ(component_fault(select(R"({"options": [{"label": "A", "value": "a"}, {"label": "B", "value": "a"}]})")),
            "/components/0/options/1/value: Another option of this menu has this value.");
}

TEST(StringSelect, OptionsHaveDiscordsLimits) {
  for (const auto* field : {"label", "value", "description"}) {
    json::object option{{"label", "L"}, {"value", "v"}};
    option[field] = std::string(100, 'a');
    json::object menu = select("{}");
    menu["options"] = json::array{option};
    EXPECT_EQ(component_fault(menu), "valid");
    option[field] = std::string(101, 'a');
    menu["options"] = json::array{option};
    EXPECT_EQ(component_fault(menu),
              "/components/0/options/0/" + std::string(field) + ": Must be at most 100 characters; this has 101.");
  }
}

TEST(StringSelect, PlaceholderHas150Characters) {
  json::object menu = select("{}");
  menu["placeholder"] = std::string(150, 'a');
  EXPECT_EQ(component_fault(menu), "valid");
  menu["placeholder"] = std::string(151, 'a');
  EXPECT_EQ(component_fault(menu), "/components/0/placeholder: Must be at most 150 characters; this has 151.");
}

TEST(StringSelect, MinIsAtMostMaxIsAtMostOptions) {
  const auto fault = [](std::string_view changes) {
    json::object menu = select(changes);
    menu["options"] = options(3);
    return component_fault(menu);
  };
  EXPECT_EQ(fault(R"({"min_values": 0, "max_values": 3})"), "valid");
  EXPECT_EQ(fault(R"({"min_values": 3, "max_values": 2})"),
            "/components/0/min_values: Must be at most max_values, which is 2.");
  EXPECT_EQ(fault(R"({"min_values": 2})"), "/components/0/min_values: Must be at most max_values, which is 1.");
  EXPECT_EQ(fault(R"({"max_values": 4})"),
            "/components/0/max_values: Must be at most the number of options, which is 3.");
  EXPECT_EQ(fault(R"({"max_values": 0})"), "/components/0/max_values: Must be from 1 to 25; this is 0.");
  EXPECT_EQ(fault(R"({"min_values": 26})"), "/components/0/min_values: Must be from 0 to 25; this is 26.");
}

TEST(StringSelect, NoMoreDefaultsThanMayBeChosen) {
  json::object menu = select(R"({"max_values": 2})");
  menu["options"] = options(3, 2);
  EXPECT_EQ(component_fault(menu), "valid");
  menu["options"] = options(3, 3);
  EXPECT_EQ(component_fault(menu),
            "/components/0/options: Must be at most 2 by default, as max_values says; there are 3.");
}

TEST(FilledSelects, AreUserRoleMentionableAndChannel) {
  EXPECT_EQ(component_fault(users(R"({"type": 6, "placeholder": "Which roles?", "min_values": 1, "max_values": 3})")),
            "valid");
  EXPECT_EQ(component_fault(users(R"({"type": 7, "disabled": true})")), "valid");
  EXPECT_EQ(component_fault(users(R"({"type": 8, "channel_types": [0, 5]})")), "valid");
  EXPECT_EQ(component_fault(users(R"({"type": 8, "channel_types": []})")), "valid");
  EXPECT_EQ(component_fault(users(R"({"type": 8, "channel_types": [0, 0]})")),
            "/components/0/channel_types/1: Must not be given twice.");
  EXPECT_EQ(component_fault(users(R"({"channel_types": [0]})")),
            "/components/0/channel_types: Not allowed where type is 5.");
  EXPECT_EQ(component_fault(users(R"({"options": [{"label": "A", "value": "a"}]})")),
            "/components/0/options: Not allowed where type is 5.");
}

TEST(FilledSelects, DefaultValuesFit) {
  EXPECT_EQ(component_fault(users(R"({"default_values": [{"id": "1", "type": "user"}]})")), "valid");
  EXPECT_EQ(component_fault(users(R"({"default_values": [{"id": "1", "type": "role"}]})")),
            "/components/0/default_values/0/type: Must be \"user\".");
  EXPECT_EQ(component_fault(users(R"({"default_values": [{"id": "1", "type": "user"}, {"id": "2", "type": "user"}]})")),
            "/components/0/default_values: Must be from 1 to 1 items, as min_values and max_values say; this has 2.");
}

TEST(Components, AreInANormalForm) {
  EXPECT_EQ(
      normal_form(top_component_schema(), R"({"components": [{"custom_id": "a", "label": "A", "style": 2.0, "type": 2,
              "emoji": null, "url": "", "disabled": false}], "type": 1, "id": 0})"),
      R"({"type":1,"id":0,"components":[{"type":2,"style":2,"label":"A","custom_id":"a","disabled":false}]})");
}

TEST(Components, IdsAreUniqueInAMessage) {
  const auto fault = [](std::string_view rows) {
    const auto found = check_unique_ids(json::object{{"components", json::parse(rows)}});
    return found ? found->pointer : "unique";
  };
  EXPECT_EQ(fault(R"([{"components": [{"custom_id": "a"}, {"url": "x"}]}, {"components": [{"custom_id": "b"}]}])"),
            "unique");
  EXPECT_EQ(fault(R"([{"components": [{"custom_id": "a"}]}, {"components": [{"url": "x"}, {"custom_id": "a"}]}])"),
            "/components/1/components/1/custom_id");
  EXPECT_EQ(fault(R"([{"id": 1, "components": [{"id": 2}, {"id": 0}]}, {"id": 0, "components": [{"id": 1}]}])"),
            "/components/1/components/0/id");
}

}  // namespace
}  // namespace guildhall::api
