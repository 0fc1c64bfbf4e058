#include "api/command.hpp"

#include "schema/expect_fault.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

namespace json = boost::json;
using Parse = base::Result<CommandInput> (*)(json::value);

/// Said, and what was said is that there is none.
const std::optional<std::optional<std::string>> taken_away{std::in_place, std::nullopt};

CommandInput parsed_command(Parse parse, std::string_view text) {
  auto input = parse(json::parse(text));
  if (!input) ADD_FAILURE() << input.error().field << ": " << input.error().message;
  return input ? std::move(*input) : CommandInput{};
}

std::string command_fault(Parse parse, const json::value& body) {
  const auto input = parse(body);
  return input ? "valid" : input.error().field + ": " + input.error().message;
}

database::Command hello() {
  database::Command command;
  command.id = base::CommandId(7);
  command.guild_id = base::GuildId(18446744073709551615U);
  command.trigger = "\"hi\\";
  command.response = R"({"content":"Hi","embeds":[],"components":[]})";
  command.created_at = base::Timestamp(std::chrono::milliseconds(1769862896789));
  command.updated_at = command.created_at + std::chrono::milliseconds(1);
  return command;
}

TEST(CommandInput, CreateAndReplaceNeedTriggerAndResponse) {
  for (const Parse parse : {&parse_command_create, &parse_command_replace}) {
    const CommandInput input = parsed_command(parse, R"({"trigger": "hi", "response": {"content": "Hi"}})");
    EXPECT_EQ(input.trigger, "hi");
    EXPECT_EQ(input.response, R"({"content":"Hi","embeds":[],"components":[]})");
    EXPECT_EQ(input.interaction, taken_away);
    EXPECT_EQ(command_fault(parse, json::parse("{}")), "/trigger: This field is required.");
    EXPECT_EQ(command_fault(parse, json::parse(R"({"trigger": "x"})")), "/response: This field is required.");
  }
}

TEST(CommandInput, PatchTellsAbsentFromTakenAway) {
  EXPECT_EQ(parsed_command(&parse_command_patch, R"({"trigger": "x"})").interaction, std::nullopt);
  EXPECT_EQ(parsed_command(&parse_command_patch, R"({"interaction": null})").interaction, taken_away);
  EXPECT_EQ(parsed_command(&parse_command_patch, R"({"interaction": ""})").interaction, taken_away);
  const CommandInput script = parsed_command(&parse_command_patch, R"({"interaction": "run"})");
  EXPECT_EQ(script.interaction, std::optional(std::optional<std::string>("run")));
  EXPECT_EQ(script.trigger, std::nullopt);
  EXPECT_EQ(command_fault(&parse_command_patch, json::parse("{}")),
            ": At least one of trigger, caseSensitive, enabled, response, interaction must be given.");
}

TEST(CommandInput, TriggerIsOneWordOf1To64Characters) {
  const auto with = [](std::string_view trigger) {
    return command_fault(&parse_command_patch, json::object{{"trigger", trigger}});
  };
  EXPECT_EQ(with(times(64, "\xF0\x9F\xA6\x80")), "valid");
  EXPECT_EQ(with(times(65, "\xF0\x9F\xA6\x80")), "/trigger: Must be at most 64 characters; this has 65.");
  EXPECT_EQ(with(""), "/trigger: Must be at least 1 character; this has 0.");
  for (const auto* spaced : {"a b", "a\tb", "\xE3\x80\x80", "a\xC2\xA0", "\xE2\x80\xA8x", "a\x7F", "a\x01"}) {
    EXPECT_EQ(with(spaced), "/trigger: Must not hold white space or control characters.") << spaced;
  }
  EXPECT_EQ(with("wh-at's_\"up\"?"), "valid");
}

TEST(CommandInput, NothingInATriggerIsHidden) {
  const auto with = [](std::string_view trigger) {
    return command_fault(&parse_command_patch, json::object{{"trigger", trigger}});
  };
  for (const auto& [hidden, name] :
       {std::pair("he\u200Bllo", "U+200B"), std::pair("\u202Eolleh", "U+202E"), std::pair("\uFEFFhello", "U+FEFF"),
        std::pair("\u2063", "U+2063"), std::pair("hello\u00AD", "U+00AD")}) {
    EXPECT_EQ(with(hidden), std::string("/trigger: Must not hold the character ") + name +
                                ", which cannot be seen or changes the direction of text. Type the word instead of "
                                "pasting it.");
  }
  for (const auto* emoji : {"❤️", "👨‍👩‍👧", "🏳️‍🌈", "<:wave:123456789012345678>"})
    EXPECT_EQ(with(emoji), "valid") << emoji;
}

TEST(CommandInput, CaseSensitiveIsFalseUnlessItIsSaid) {
  const auto create = [](std::string_view body) { return parsed_command(&parse_command_create, body).case_sensitive; };
  EXPECT_EQ(create(R"({"trigger": "x", "response": {"content": "x"}})"), false);
  EXPECT_EQ(create(R"({"trigger": "x", "response": {"content": "x"}, "caseSensitive": true})"), true);
  EXPECT_EQ(parsed_command(&parse_command_patch, R"({"trigger": "x"})").case_sensitive, std::nullopt);
  EXPECT_EQ(parsed_command(&parse_command_patch, R"({"caseSensitive": false})").case_sensitive, false);
  EXPECT_EQ(command_fault(&parse_command_patch, json::parse(R"({"caseSensitive": null})")),
            "/caseSensitive: Must be a boolean, not null.");
}

TEST(CommandInput, EnabledIsTrueUnlessItIsSaid) {
  for (const Parse parse : {&parse_command_create, &parse_command_replace}) {
    EXPECT_EQ(parsed_command(parse, R"({"trigger": "x", "response": {"content": "x"}})").enabled, true);
    EXPECT_EQ(parsed_command(parse, R"({"trigger": "x", "response": {"content": "x"}, "enabled": false})").enabled,
              false);
  }
  EXPECT_EQ(parsed_command(&parse_command_patch, R"({"trigger": "x"})").enabled, std::nullopt);
  EXPECT_EQ(parsed_command(&parse_command_patch, R"({"enabled": false})").enabled, false);
  EXPECT_EQ(command_fault(&parse_command_patch, json::parse(R"({"enabled": 1})")),
            "/enabled: Must be a boolean, not a number.");
}

TEST(CommandInput, InteractionHas64Kilobytes) {
  const auto with = [](const std::string& script) {
    return command_fault(&parse_command_patch, json::object{{"interaction", script}});
  };
  EXPECT_EQ(with(std::string(65536, 'x')), "valid");
  EXPECT_EQ(with(std::string(65537, 'x')), "/interaction: Must be at most 65536 bytes; this has 65537.");
  EXPECT_EQ(with(times(32769, "\xC3\xA9")), "/interaction: Must be at most 65536 bytes; this has 65538.");
}

TEST(CommandInput, WhatTheServerSetsIsUnknown) {
  for (const auto* name : {"id", "guildId", "createdAt", "updatedAt"}) {
    EXPECT_EQ(command_fault(&parse_command_patch, json::object{{"trigger", "x"}, {name, "1"}}),
              "/" + std::string(name) + ": Unknown field \"" + name + "\".");
  }
}

TEST(CommandInput, PointersGoIntoTheResponse) {
  EXPECT_EQ(command_fault(&parse_command_create, json::parse(R"({"trigger": "x", "response": {"content": 1}})")),
            "/response/content: Must be a string, not a number.");
  EXPECT_EQ(command_fault(&parse_command_create, json::parse(R"({"trigger": "x", "response": {}})")),
            "/response: A response needs content, an embed or a component.");
}

TEST(Command, IsEncodedAroundItsResponse) {
  EXPECT_EQ(encode(hello()),
            R"({"id":"7","guildId":"18446744073709551615","trigger":"\"hi\\","caseSensitive":false,)"
            R"("enabled":true,"response":{"content":"Hi","embeds":[],"components":[]},"interaction":null,)"
            R"("createdAt":"2026-01-31T12:34:56.789Z","updatedAt":"2026-01-31T12:34:56.790Z"})");
}

TEST(Command, IsWhatItsSchemaSays) {
  database::Command command = hello();
  EXPECT_EQ(normal_form(command_schema(), encode(command)), encode(command));
  command.interaction = "reply('\n\u2028\x01')";
  EXPECT_EQ(json::parse(encode(command)).at("interaction"), json::value(*command.interaction));
}

TEST(CommandList, HasNoScripts) {
  database::Command command = hello();
  command.interaction = "reply('secret')";
  const std::vector commands{database::summary_of(command), database::summary_of(hello())};
  const std::string list = encode(commands);
  EXPECT_EQ(fault_of(command_list_schema(), list), "valid");
  EXPECT_EQ(list.find("secret"), std::string::npos);
  const auto parsed = json::parse(list).as_array();
  EXPECT_EQ(parsed[0].at("hasInteraction"), json::value(true));
  EXPECT_EQ(parsed[1].at("hasInteraction"), json::value(false));
  EXPECT_EQ(parsed[0].at("hasScript"), json::value(false));
  EXPECT_EQ(parsed[0].at("enabled"), json::value(true));
  EXPECT_FALSE(parsed[0].as_object().contains("interaction"));
  EXPECT_EQ(encode(std::span<const database::CommandSummary>()), "[]");
}

TEST(CommandList, ComesInPagesWithScripts) {
  database::CommandPage page{{hello(), hello()}, true};
  page.commands[1].id = base::CommandId(3);
  EXPECT_EQ(fault_of(command_list_schema(), encode(page)), "valid");
  EXPECT_EQ(json::parse(encode(page)).at("next"), json::value("3"));
  page.more = false;
  EXPECT_EQ(json::parse(encode(page)).at("next"), json::value(nullptr));
  EXPECT_EQ(encode(database::CommandPage{}), R"({"commands":[],"next":null})");
}

TEST(CommandList, APageEndsWhereItsJsonIsLarge) {
  database::Command large = hello();
  large.interaction = std::string(65536, '\x01');  // six times as long in JSON
  database::CommandPage page;
  for (std::uint64_t id = 10; id > 0; --id) {
    page.commands.push_back(large);
    page.commands.back().id = base::CommandId(id);
  }
  const std::string text = encode(page);
  EXPECT_LT(text.size(), max_page_json + 400'000);
  const auto parsed = json::parse(text);
  const auto& commands = parsed.at("commands").as_array();
  EXPECT_LT(commands.size(), 10U);
  EXPECT_EQ(parsed.at("next"), commands.back().at("id")) << "the next page goes on behind the last command";
}

TEST(CommandListQuery, IsReadFromTheQuery) {
  const auto read = [](std::vector<std::pair<std::string, std::string>> query) {
    return parse_command_list_query(query);
  };
  const auto bare = read({});
  ASSERT_TRUE(bare);
  EXPECT_FALSE(bare->scripts);
  EXPECT_EQ(bare->limit, 50U);
  EXPECT_GT(bare->before, base::CommandId(1ULL << 62U));
  EXPECT_FALSE(read({{"scripts", "0"}, {"limit", ""}, {"other", "1"}})->scripts);
  EXPECT_EQ(*read({{"scripts", "1"}, {"before", "140"}, {"limit", "7"}}),
            (CommandListQuery{.scripts = true, .before = base::CommandId(140), .limit = 7}));
  EXPECT_EQ(read({{"before", "18446744073709551615"}})->before, bare->before);
  for (const char* limit : {"0", "101", "-1", "x", "1.5"}) {
    EXPECT_EQ(read({{"limit", limit}}).error().field, "/limit") << limit;
  }
  EXPECT_EQ(read({{"scripts", "yes"}}).error().field, "/scripts");
  EXPECT_EQ(read({{"before", "x"}}).error().field, "/before");
  EXPECT_EQ(read({{"limit", "1"}, {"limit", "2"}}).error().field, "/limit");
}

TEST(Command, WhatWasSentComesBack) {
  const json::value example = json::parse(command_example);
  const json::object body{{"trigger", example.at("trigger")}, {"response", example.at("response")}};
  const auto input = parse_command_create(body);
  ASSERT_TRUE(input);
  EXPECT_EQ(json::parse(*input->response), example.at("response"));
}

}  // namespace
}  // namespace guildhall::api
