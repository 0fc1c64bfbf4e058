#include "bot/commands/interactions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "bot/fake_discord.hpp"
#include "bot/test_support.hpp"

namespace guildhall::bot {
namespace {

namespace json = boost::json;
using base::GuildId;
using base::UserId;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

class InteractionsTest : public ::testing::Test {
 protected:
  /// Uses a slash command and returns what Discord was told.
  json::object use(discord::SlashInteraction interaction) {
    interactions_.on_slash_command(std::move(interaction));
    loop_.run(interactions_.finished(10s));
    const auto& told = discord_.interactions.back();
    return json::parse(told.substr(told.find('{'))).as_object();
  }

  discord::SlashInteraction interaction(std::string command, std::uint64_t permissions = 0) {
    discord::SlashInteraction made{discord::InteractionId{9}, discord::ApplicationId{1}, base::Secret("key"), UserId{5},
                                   guild_};
    made.permissions = discord::Permissions(permissions);
    made.command = std::move(command);
    return made;
  }

  static std::string content(const json::object& response) {
    return std::string(response.at("data").at("content").as_string());
  }

  testing::Store store_;
  test::TestLoop loop_;
  const GuildId guild_{3000000000000000001};
  testing::FakeDiscord discord_{loop_.executor()};
  BotCounters counters_;
  Interactions interactions_{loop_.executor(), discord_, {store_.guilds, store_.commands}, counters_, store_.log, 10s};
};

TEST_F(InteractionsTest, PingSaysBackWhatItIsTold) {
  EXPECT_EQ(content(use(interaction("ping"))), "Pong!");
  auto told = interaction("ping");
  told.string_options["input"] = "@everyone \"hi\"";
  const auto response = use(told);
  EXPECT_EQ(content(response), "Pong! @everyone \"hi\"");
  EXPECT_EQ(response.at("type"), 4);
  EXPECT_EQ(json::serialize(response.at("data").at("allowed_mentions")), R"({"parse":[]})");
  EXPECT_THAT(discord_.interactions.back(), ::testing::StartsWith("9 key "));
}

TEST_F(InteractionsTest, HelpIsForTheUserAlone) {
  const auto response = use(interaction("help"));
  EXPECT_EQ(response.at("data").at("flags"), 64);
  const auto text = json::serialize(response);
  for (const auto* command : {"/ping", "/help", "/prefix", "/commands"}) EXPECT_THAT(text, HasSubstr(command));
}

TEST_F(InteractionsTest, PrefixShowsAndChanges) {
  store_.make_guild(guild_);
  constexpr auto manager = discord::Permissions::manage_guild;
  EXPECT_EQ(content(use(interaction("prefix", manager))), "The prefix is `!`.");
  auto change = interaction("prefix", manager);
  change.string_options["new"] = "?`";
  EXPECT_EQ(content(use(change)), "The prefix is now `` ?` ``.");
  EXPECT_EQ(test::run(store_.guilds.find(guild_))->prefix, "?`");
}

TEST_F(InteractionsTest, PrefixIsRefusedAsTheApiDoes) {
  store_.make_guild(guild_);
  store_.make_command(guild_, "?help");
  auto change = interaction("prefix", discord::Permissions::administrator);
  change.string_options["new"] = "a b";
  EXPECT_THAT(content(use(change)), HasSubstr("white space"));
  change.string_options["new"] = "?";
  EXPECT_THAT(content(use(change)), HasSubstr("trigger"));
  EXPECT_EQ(test::run(store_.guilds.find(guild_))->prefix, "!");
}

TEST_F(InteractionsTest, PrefixTakesTheRightToManageTheGuild) {
  store_.make_guild(guild_);
  auto change = interaction("prefix", ~(discord::Permissions::manage_guild | discord::Permissions::administrator));
  change.string_options["new"] = "?";
  EXPECT_THAT(content(use(change)), HasSubstr("Manage Server"));
  change = interaction("prefix", discord::Permissions::manage_guild);
  change.string_options["new"] = "?";
  change.guild.reset();
  EXPECT_THAT(content(use(change)), HasSubstr("Manage Server"));
  EXPECT_EQ(test::run(store_.guilds.find(guild_))->prefix, "!");
}

TEST_F(InteractionsTest, CommandsListsThoseOfTheGuild) {
  store_.make_guild(guild_);
  EXPECT_THAT(content(use(interaction("commands"))), HasSubstr("no commands"));
  store_.make_command(guild_, "hello");
  store_.make_command(guild_, "bye");
  const auto response = use(interaction("commands"));
  EXPECT_EQ(response.at("data").at("embeds").at(0).at("description").as_string(), "`!bye`\n`!hello`\n");
}

TEST_F(InteractionsTest, CommandsCutsALongList) {
  store_.make_guild(guild_);
  store_.make_many_commands(guild_, 1000);
  const auto text = use(interaction("commands")).at("data").at("embeds").at(0).at("description");
  EXPECT_LE(text.as_string().size(), 4096U);
  EXPECT_THAT(std::string(text.as_string()), ::testing::ContainsRegex("and [0-9]+ more$"));
}

TEST_F(InteractionsTest, ACommandThatIsNotThereAnyMoreSaysSo) {
  EXPECT_THAT(content(use(interaction("gone"))), HasSubstr("does not have this command"));
}

TEST_F(InteractionsTest, ADatabaseThatIsAwayIsToldToTheUser) {
  store_.database->close();
  EXPECT_THAT(content(use(interaction("commands"))), HasSubstr("database is away"));
}

TEST_F(InteractionsTest, DiscordIsToldInTimeThatAnAnswerFollows) {
  store_.make_guild(guild_);
  // The database's threads need longer than no time at all.
  Interactions hurried(loop_.executor(), discord_, {store_.guilds, store_.commands}, counters_, store_.log, 0ms);
  hurried.on_slash_command(interaction("commands"));
  loop_.run(hurried.finished(10s));
  ASSERT_EQ(discord_.interactions.size(), 2U);
  EXPECT_EQ(discord_.interactions[0], R"(9 key {"type":5,"data":{"flags":64}})");
  EXPECT_THAT(discord_.interactions[1], HasSubstr("edit key {\"content\":\"This server has no commands"));
}

}  // namespace
}  // namespace guildhall::bot
