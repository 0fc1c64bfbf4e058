#include "bot/commands/slash_commands.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "bot/fake_discord.hpp"
#include "bot/test_support.hpp"
#include "discord/rest/errors.hpp"
#include "domain/access.hpp"
#include "domain/guilds.hpp"
#include "domain/memory_stores.hpp"
#include "testing/log_capture.hpp"

namespace guildhall::bot {
namespace {

namespace json = boost::json;
using base::GuildId;
using base::UserId;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

class SlashCommandsTest : public ::testing::Test {
 protected:
  /// Uses a slash command and returns the body of the response.
  json::object use(discord::SlashInteraction interaction) {
    slash_commands_.on_slash_command(std::move(interaction));
    loop_.run(slash_commands_.drain(10s));
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

  void make_guild() {
    guilds_.add(guild_);
    commands_.prefixes[guild_] = "!";
  }

  void make_command(std::string trigger) {
    database::Command command;
    command.guild_id = guild_;
    command.trigger = trigger;
    ASSERT_TRUE(test::run(commands_.create(std::move(command), database::test_support::unruled)));
    guilds_.triggers.push_back(std::move(trigger));
  }

  [[nodiscard]] const std::string& prefix() const { return guilds_.guilds.at(guild_)->prefix; }

  base::SystemClock clock_;
  base::Logger logger_{clock_, base::LogLevel::debug};
  test::TestLoop loop_;
  const GuildId guild_{3000000000000000001};
  test_support::FakeDiscord discord_;
  BotCounters counters_;
  domain::test_support::MemoryGuildStore guilds_;
  domain::test_support::MemoryCommandStore commands_;
  domain::Access access_{guilds_};
  domain::Guilds settings_{guilds_};
  SlashCommands slash_commands_{
      loop_.executor(), discord_, {guilds_, commands_, access_, settings_}, counters_, base::Log(logger_, "bot"), 10s};
};

TEST_F(SlashCommandsTest, PingEchoesItsInput) {
  EXPECT_EQ(content(use(interaction("ping"))), "Pong!");
  auto told = interaction("ping");
  told.string_options["input"] = "@everyone \"hi\"";
  const auto response = use(told);
  EXPECT_EQ(content(response), "Pong! @everyone \"hi\"");
  EXPECT_EQ(response.at("type"), 4);
  EXPECT_EQ(json::serialize(response.at("data").at("allowed_mentions")), R"({"parse":[]})");
  EXPECT_THAT(discord_.interactions.back(), ::testing::StartsWith("9 key "));
}

TEST_F(SlashCommandsTest, WhatDiscordRefusesIsReplacedAndLogged) {
  const auto lines = std::make_shared<test::LogCapture>();
  logger_.attach(lines);
  base::Error refused{base::Errc::invalid, "Invalid form body"};
  refused.peer_code = static_cast<int>(discord::ErrorCode::invalid_form_body);
  discord_.interaction_refusals.push_back(refused);
  const auto response = use(interaction("help"));
  EXPECT_EQ(discord_.interactions.size(), 2U);
  EXPECT_THAT(content(response), HasSubstr("Discord rejected"));
  EXPECT_EQ(response.at("data").at("flags"), 64);
  EXPECT_EQ(counters_.interactions_failed, 0U);

  discord_.refused_parts = {{"/embeds/0/url", "Not a well formed URL."}};
  use(interaction("help"));
  EXPECT_THAT(lines->text(), HasSubstr("/embeds/0/url: Not a well formed URL."));
}

TEST_F(SlashCommandsTest, HelpIsVisibleToTheUserAlone) {
  const auto response = use(interaction("help"));
  EXPECT_EQ(response.at("data").at("flags"), 64);
  const auto text = json::serialize(response);
  for (const auto* command : {"/ping", "/help", "/prefix", "/commands"}) EXPECT_THAT(text, HasSubstr(command));
}

TEST_F(SlashCommandsTest, PrefixShowsAndChanges) {
  make_guild();
  constexpr auto manager = discord::Permissions::manage_guild;
  EXPECT_EQ(content(use(interaction("prefix", manager))), "The prefix is `!`.");
  auto change = interaction("prefix", manager);
  change.string_options["new"] = "?`";
  EXPECT_EQ(content(use(change)), "The prefix is now `` ?` ``.");
  EXPECT_EQ(prefix(), "?`");
}

TEST_F(SlashCommandsTest, PrefixIsValidatedAsByTheApi) {
  make_guild();
  make_command("?help");
  auto change = interaction("prefix", discord::Permissions::administrator);
  change.string_options["new"] = "a b";
  EXPECT_THAT(content(use(change)), HasSubstr("white space"));
  change.string_options["new"] = "?";
  EXPECT_THAT(content(use(change)), HasSubstr("trigger"));
  EXPECT_EQ(prefix(), "!");
}

TEST_F(SlashCommandsTest, PrefixNeedsManageServer) {
  make_guild();
  auto change = interaction("prefix", ~(discord::Permissions::manage_guild | discord::Permissions::administrator));
  change.string_options["new"] = "?";
  EXPECT_THAT(content(use(change)), HasSubstr("Manage Server"));
  change = interaction("prefix", discord::Permissions::manage_guild);
  change.string_options["new"] = "?";
  change.guild.reset();
  EXPECT_THAT(content(use(change)), HasSubstr("Manage Server"));
  EXPECT_EQ(prefix(), "!");
}

TEST_F(SlashCommandsTest, CommandsListsTheGuildsCommands) {
  make_guild();
  EXPECT_THAT(content(use(interaction("commands"))), HasSubstr("no custom commands"));
  make_command("hello");
  make_command("bye");
  const auto response = use(interaction("commands"));
  EXPECT_EQ(response.at("data").at("embeds").at(0).at("description").as_string(), "`!bye`\n`!hello`\n");
}

TEST_F(SlashCommandsTest, CommandsLeavesOutThoseThatAreSwitchedOff) {
  make_guild();
  make_command("hello");
  make_command("bye");
  commands_.commands.begin()->second.enabled = false;
  const auto response = use(interaction("commands"));
  EXPECT_EQ(response.at("data").at("embeds").at(0).at("description").as_string(), "`!bye`\n");
  for (auto& [id, command] : commands_.commands) command.enabled = false;
  EXPECT_EQ(content(use(interaction("commands"))), "All custom commands of this server are switched off.");
}

TEST_F(SlashCommandsTest, CommandsShortensALongList) {
  make_guild();
  for (int i = 1; i <= 1000; ++i) make_command("c" + std::to_string(i));
  const auto text = use(interaction("commands")).at("data").at("embeds").at(0).at("description");
  EXPECT_LE(text.as_string().size(), 4096U);
  EXPECT_THAT(std::string(text.as_string()), ::testing::ContainsRegex("and [0-9]+ more$"));
}

TEST_F(SlashCommandsTest, ARemovedCommandIsReported) {
  EXPECT_THAT(content(use(interaction("gone"))), HasSubstr("no longer has this command"));
}

TEST_F(SlashCommandsTest, AnUnavailableDatabaseIsReported) {
  guilds_.away = true;
  EXPECT_THAT(content(use(interaction("commands"))), HasSubstr("database is not available"));
}

TEST_F(SlashCommandsTest, ASlowResponseIsDeferred) {
  make_guild();
  guilds_.delay = 20ms;
  SlashCommands hurried(loop_.executor(), discord_, {guilds_, commands_, access_, settings_}, counters_,
                        base::Log(logger_, "bot"), 0ms);
  hurried.on_slash_command(interaction("commands"));
  loop_.run(hurried.drain(10s));
  ASSERT_EQ(discord_.interactions.size(), 2U);
  EXPECT_EQ(discord_.interactions[0], R"(9 key {"type":5,"data":{"flags":64}})");
  EXPECT_THAT(discord_.interactions[1], HasSubstr("edit key {\"content\":\"This server has no custom commands"));
}

}  // namespace
}  // namespace guildhall::bot
