#include "api/guild.hpp"

#include "api/command.hpp"
#include "schema/expect_fault.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

namespace json = boost::json;

std::string guild_fault(const json::value& body) {
  const auto update = parse_guild_update(body);
  return update ? "valid" : update.error().field + ": " + update.error().message;
}

TEST(GuildUpdate, ChangesEither) {
  const auto prefix = parse_guild_update(json::parse(R"({"prefix": "g!"})"));
  ASSERT_TRUE(prefix);
  EXPECT_EQ(prefix->prefix, "g!");
  EXPECT_EQ(prefix->language, std::nullopt);
  const auto language = parse_guild_update(json::parse(R"({"language": "pt-BR"})"));
  ASSERT_TRUE(language);
  EXPECT_EQ(language->prefix, std::nullopt);
  EXPECT_EQ(language->language, "pt-BR");
}

TEST(GuildUpdate, NothingElse) {
  EXPECT_EQ(guild_fault(json::parse("{}")), ": At least one of prefix, language must be given.");
  EXPECT_EQ(guild_fault(json::parse(R"({"name": "Mine"})")), "/name: Unknown field \"name\".");
  EXPECT_EQ(guild_fault(json::parse(R"("!")")), ": Must be an object, not a string.");
}

TEST(GuildUpdate, PrefixIsOneWordOf1To10Characters) {
  const auto with = [](std::string_view prefix) { return guild_fault(json::object{{"prefix", prefix}}); };
  EXPECT_EQ(with(times(10, "\xF0\x9F\x92\xAC")), "valid");
  EXPECT_EQ(with("12345678901"), "/prefix: Must be at most 10 characters; this has 11.");
  EXPECT_EQ(with("<a:a_long_name_of_thirty_two_chars:12345678901234567890>!"), "valid") << "a custom emoji is one";
  EXPECT_EQ(with("<:hall:12>0123456789"), "/prefix: Must be at most 10 characters; this has 11.");
  EXPECT_EQ(with("<:a_long_name_of_thirty_two_chars:12345678901234567890><:ab:12345678901234567890>"),
            "/prefix: Must be at most 80 characters; this has 81.");
  EXPECT_EQ(with("!\u200B"),
            "/prefix: Must not hold the character U+200B, which cannot be seen or changes the "
            "direction of text. Type the word instead of pasting it.");
  EXPECT_EQ(with(""), "/prefix: Must be at least 1 character; this has 0.");
  EXPECT_EQ(with("a\xC2\xA0"), "/prefix: Must not hold white space or control characters.");
  EXPECT_EQ(with(std::string_view("a\0", 2)), "/prefix: Must not hold a NUL character.");
  EXPECT_EQ(guild_fault(json::parse(R"({"prefix": null})")), "/prefix: Must be a string, not null.");
}

TEST(GuildUpdate, LanguageIsATag) {
  EXPECT_EQ(guild_fault(json::object{{"language", "en_US"}}),
            "/language: Must be a BCP 47 language tag, such as en or pt-BR.");
  EXPECT_EQ(guild_fault(json::object{{"language", "de-1901-1996-x-abcdefgh-abcdefgh-ab"}}), "valid");  // 35 characters
  EXPECT_EQ(guild_fault(json::object{{"language", "de-1901-1996-x-abcdefgh-abcdefgh-abc"}}),
            "/language: Must be at most 35 characters; this has 36.");
}

TEST(Guild, IsEncodedWithItsCommands) {
  database::Guild guild;
  guild.id = base::GuildId(3);
  guild.name = "Ada's \"Workshop\"";
  guild.icon = "a_1";
  guild.created_at = guild.updated_at = base::Timestamp(std::chrono::milliseconds(0));
  const std::string bare = encode(guild, std::span<const database::CommandSummary>());
  EXPECT_EQ(bare, R"({"id":"3","name":"Ada's \"Workshop\"","icon":"a_1","prefix":"!","language":"en",)"
                  R"("createdAt":"1970-01-01T00:00:00.000Z","updatedAt":"1970-01-01T00:00:00.000Z","commands":[]})");
  database::Command command;
  command.id = base::CommandId(1);
  command.trigger = "x";
  command.response = R"({"content":"x","embeds":[],"components":[]})";
  const std::vector<database::CommandSummary> commands{database::summary_of(command), database::summary_of(command)};
  const std::string full = encode(guild, commands);
  EXPECT_EQ(normal_form(guild_schema(), full), full);
  EXPECT_EQ(json::parse(full).at("commands").as_array().size(), 2U);
  command.interaction = "script";
  const std::string whole = encode(guild, database::CommandPage{{command}, true});
  EXPECT_EQ(fault_of(guild_schema(), whole), "valid");
  EXPECT_EQ(json::parse(whole).at("commands").at(0).at("interaction"), json::value("script"));
  EXPECT_EQ(json::parse(whole).at("next"), json::value("1"));
}

TEST(UserGuilds, HaveSettingsWhereTheBotIs) {
  UserGuild with;
  with.id = base::GuildId(1);
  with.name = "One";
  with.permissions = 18446744073709551615U;
  with.owner = with.manageable = with.bot_in_guild = true;
  with.prefix = "!";
  with.language = "en";
  UserGuild without;
  without.id = base::GuildId(2);
  without.name = "Two";
  const std::vector<UserGuild> guilds{with, without};
  const std::string text = encode(guilds);
  EXPECT_EQ(text, R"([{"id":"1","name":"One","icon":null,"owner":true,"permissions":"18446744073709551615",)"
                  R"("manageable":true,"botInGuild":true,"prefix":"!","language":"en"},)"
                  R"({"id":"2","name":"Two","icon":null,"owner":false,"permissions":"0","manageable":false,)"
                  R"("botInGuild":false}])");
  EXPECT_EQ(fault_of(user_guilds_schema(), text), "valid");
}

}  // namespace
}  // namespace guildhall::api
