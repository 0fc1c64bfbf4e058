#include "bot/run/message_commands.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <boost/json/parse.hpp>

#include "bot/fake_discord.hpp"
#include "bot/match/command_index.hpp"
#include "bot/run/command_invocations.hpp"
#include "bot/run/command_runner.hpp"
#include "bot/run/command_uses.hpp"
#include "bot/test_support.hpp"
#include "discord/model/snowflake.hpp"

namespace guildhall::bot {
namespace {

namespace json = boost::json;
using base::Errc;
using base::GuildId;
using base::UserId;
using discord::ChannelId;
using discord::IncomingMessage;
using discord::MessageId;
using ::testing::ElementsAre;
using namespace std::chrono_literals;

class MessageCommandsTest : public ::testing::Test {
 protected:
  MessageCommandsTest() {
    store_.make_guild(guild_);
    use({});
  }

  /// Sends a message once all commands are known, and waits for the response.
  void send(const IncomingMessage& message) {
    read_index();
    receive(message);
    loop_.run(messages_->drain(10s));
  }
  void send(std::string_view content) { send(message(content)); }
  /// An event of shard 7 whose sequence is the message's id.
  void receive(const IncomingMessage& message) { messages_->on_message(message, {7, message.id.value()}); }

  void read_index() {
    if (!std::exchange(reading_, true)) loop_.spawn(index_.run());
    ASSERT_TRUE(loop_.run(index_.wait_until_current(guild_, 10s)));
  }

  void use(MessageCommandOptions options) {
    runner_.emplace(CommandRunner::Parts{.api = discord_,
                                         .commands = store_.commands,
                                         .ids = ids_,
                                         .invocations = invocations_,
                                         .uses = uses_,
                                         .responses = responses_,
                                         .cache = cache_,
                                         .events = events_,
                                         .counters = counters_,
                                         .clock = store_.test_database.clock,
                                         .log = store_.log,
                                         .per_user = options.per_user,
                                         .per_guild = options.per_guild});
    messages_.emplace(MessageCommands::Parts{.home = loop_.executor(),
                                             .index = index_,
                                             .runner = *runner_,
                                             .unhandled = unhandled_,
                                             .cache = cache_,
                                             .counters = counters_,
                                             .log = store_.log,
                                             .options = options});
  }

  [[nodiscard]] std::uint64_t count(CommandOutcome outcome) { return counters_[outcome]; }

  /// Each from another user.
  IncomingMessage message(std::string_view content) {
    ++last_id_;
    return {MessageId{last_id_}, ChannelId{50}, guild_, UserId{last_id_}, false, 0, content};
  }

  [[nodiscard]] std::vector<std::string> contents() const {
    std::vector<std::string> contents;
    for (const auto& sent : discord_.messages) contents.emplace_back(sent.message.at("content").as_string());
    return contents;
  }

  test_support::Store store_;
  test::TestLoop loop_;
  const GuildId guild_{3000000000000000001};
  std::uint64_t last_id_ = 1000;
  bool reading_ = false;
  test_support::FakeDiscord discord_;
  BotCounters counters_;
  CommandIndex index_{loop_.executor(), store_.commands, store_.database->feed(), store_.log};
  const ComponentIds ids_{{base::Secret(std::string(32, 'k'))}};
  CommandInvocations invocations_{store_.invocations, store_.test_database.clock, store_.log};
  CommandUses uses_{store_.uses, store_.test_database.clock, store_.log};
  ResponseCache responses_{1U << 20};
  discord::GuildCache cache_{{}};
  base::EventBus events_;
  std::vector<json::object> reports_;  ///< The data of each COMMAND_RUN.
  base::Topic<base::GatewayDispatch>::Subscription heard_ = events_.dispatch.subscribe([this](const auto& event) {
    EXPECT_EQ(event->name, "COMMAND_RUN");
    EXPECT_EQ(event->shard, 7U);
    EXPECT_EQ(event->guild, guild_);
    reports_.push_back(json::parse(event->data).as_object());
  });
  UnhandledEvents unhandled_;
  std::optional<CommandRunner> runner_;
  std::optional<MessageCommands> messages_;
};

TEST_F(MessageCommandsTest, RespondsWithAReplyThatPingsNobody) {
  store_.make_command(guild_, "hello", R"({"content":"Hello ${1}!"})");
  send(R"(!hello "wide World" x)");
  ASSERT_EQ(discord_.messages.size(), 1U);
  EXPECT_EQ(discord_.messages[0].channel, ChannelId{50});
  EXPECT_EQ(
      json::serialize(discord_.messages[0].message),
      R"({"content":"Hello wide World!","allowed_mentions":{"parse":[],"replied_user":false},)"
      R"("nonce":"1001","enforce_nonce":true,"message_reference":{"message_id":"1001","fail_if_not_exists":false}})");
  EXPECT_EQ(count(CommandOutcome::answered), 1U);
}

TEST_F(MessageCommandsTest, IgnoresOtherMessages) {
  store_.make_command(guild_, "hello");
  for (const auto* content : {"", "hello", "!hell", "! hallo", "?hello", "good morning"}) send(content);
  EXPECT_TRUE(discord_.messages.empty());
  EXPECT_EQ(counters_.messages, 6U);
  EXPECT_EQ(counters_.matched, 0U);
}

TEST_F(MessageCommandsTest, IgnoresBotsSystemMessagesAndDirectMessages) {
  store_.make_command(guild_, "hello");
  auto bot = message("!hello");
  bot.automated = true;
  send(bot);
  auto joined = message("!hello");
  joined.type = 7;  // somebody joined the guild
  send(joined);
  auto direct = message("!hello");
  direct.guild.reset();
  send(direct);
  EXPECT_TRUE(discord_.messages.empty());
  auto reply = message("!hello");
  reply.type = 19;
  send(reply);
  EXPECT_EQ(discord_.messages.size(), 1U);
}

TEST_F(MessageCommandsTest, AnswersWhatIsEditedIntoACommandOnce) {
  store_.make_command(guild_, "hello");
  store_.make_command(guild_, "bye", R"({"content":"bye"})");
  auto typo = message("!helo");
  send(typo);
  const auto edit = [&](std::string_view content, std::chrono::seconds after) {
    typo.content = content;
    messages_->on_edit(typo, discord::created_at(typo.id) + after, {7, typo.id.value()});
    loop_.run(messages_->drain(10s));
  };
  edit("!hallo", 1s);
  EXPECT_TRUE(discord_.messages.empty());
  edit("!hello", 60s);
  EXPECT_EQ(discord_.messages.size(), 1U);
  edit("!bye", 60s);
  EXPECT_EQ(discord_.messages.size(), 1U) << "it has its answer";
}

TEST_F(MessageCommandsTest, IgnoresEditsOfAnsweredAndOfOldMessages) {
  store_.make_command(guild_, "hello");
  const auto answered = message("!hello");
  send(answered);
  messages_->on_edit(answered, discord::created_at(answered.id) + 1s, {7, 1});
  const auto old = message("!hello");
  messages_->on_edit(old, discord::created_at(old.id) + 61s, {7, 1});
  loop_.run(messages_->drain(10s));
  EXPECT_EQ(discord_.messages.size(), 1U);
}

TEST_F(MessageCommandsTest, AnswersAnEditOnceWhileItsGuildIsRead) {
  store_.make_command(guild_, "hello");
  const auto both = message("!hello");
  receive(both);
  messages_->on_edit(both, discord::created_at(both.id) + 1s, {7, both.id.value()});
  read_index();
  loop_.run(messages_->drain(10s));
  EXPECT_EQ(discord_.messages.size(), 1U);
}

TEST_F(MessageCommandsTest, AMentionOfTheBotIsAPrefix) {
  store_.make_command(guild_, "hello");
  cache_.set_bot(UserId{42});
  send("<@42> hello");
  send("<@43> hello");
  EXPECT_EQ(discord_.messages.size(), 1U);
  MessageCommandOptions options;
  options.prefixes = false;
  use(options);
  send("!hello");
  EXPECT_EQ(discord_.messages.size(), 1U);
  send("<@!42> HELLO");
  EXPECT_EQ(discord_.messages.size(), 2U);
}

TEST_F(MessageCommandsTest, AMentionOfTheBotsOwnRoleIsAPrefix) {
  store_.make_command(guild_, "hello");
  cache_.set_bot(UserId{42});
  discord::Guild guild{.id = guild_};
  for (const std::uint64_t id : {7U, 8U, 9U}) guild.roles.push_back({discord::DiscordRoleId{id}, {}});
  guild.roles[0].bot = UserId{42};
  guild.roles[1].bot = UserId{43};
  cache_.guild_create(0, guild);
  for (const auto* other : {"<@&8> hello", "<@&9> hello", "<@&0> hello", "<@&42> hello", "<@7> hello"}) send(other);
  EXPECT_TRUE(discord_.messages.empty());
  send("<@&7> hello");
  EXPECT_EQ(discord_.messages.size(), 1U);
  cache_.role_delete(guild_, discord::DiscordRoleId{7});
  send("<@&7> hello");
  EXPECT_EQ(discord_.messages.size(), 1U);
}

TEST_F(MessageCommandsTest, TheSecondResponseNeedsNoQuery) {
  store_.make_command(guild_, "hello");
  send("!hello");
  const auto before = store_.database->counters().reads;
  send("!hello");
  send("nothing");
  EXPECT_EQ(store_.database->counters().reads, before);
  EXPECT_EQ(discord_.messages.size(), 2U);
}

TEST_F(MessageCommandsTest, ActsOnAChangeWithTheNextMessage) {
  const auto command = store_.make_command(guild_, "hello", R"({"content":"old"})");
  send("!hello");
  ASSERT_TRUE(test::run(store_.commands.update(guild_, command.id, {{}, R"({"content":"new"})", {}}, {},
                                               database::test_support::unruled)));
  // The message itself waits for the index.
  receive(message("!hello"));
  loop_.run(messages_->drain(10s));
  ASSERT_TRUE(test::run(store_.guilds.update(guild_, {"?", {}}, database::test_support::unruled_guild)));
  receive(message("!hello"));
  receive(message("?hello"));
  loop_.run(messages_->drain(10s));
  EXPECT_THAT(contents(), ElementsAre("old", "new", "new"));
}

TEST_F(MessageCommandsTest, PausesInAChannelThatForbidsMessages) {
  store_.make_command(guild_, "hello");
  discord_.refusals = {test_support::discord_error(Errc::forbidden, 50013)};
  send("!hello");
  send("!hello");
  EXPECT_EQ(discord_.messages.size(), 1U);
  EXPECT_TRUE(store_.records->has("guild=3000000000000000001 channel=50 command=hello"));
  EXPECT_EQ(count(CommandOutcome::not_permitted), 2U);
  auto elsewhere = message("!hello");
  elsewhere.channel = ChannelId{51};
  send(elsewhere);
  EXPECT_EQ(discord_.messages.size(), 2U);
}

TEST_F(MessageCommandsTest, CountsUsesAndFailures) {
  const auto command = store_.make_command(guild_, "hello").id;
  send("!hello");
  discord_.refusals = {test_support::discord_error(Errc::forbidden, 50013)};
  send("!hello");
  send("no command");
  uses_.flush();
  std::vector<database::CommandUse> uses;
  ASSERT_TRUE(loop_.until([&] { return !(uses = test::run(store_.uses.list(guild_, 0))).empty(); }));
  EXPECT_EQ(uses.size(), 1U);
  EXPECT_EQ(uses[0].command_id, command);
  EXPECT_EQ(uses[0].uses, 2);
  EXPECT_EQ(uses[0].failures, 1);
  EXPECT_NE(uses[0].last_failure->find("It needs View Channel"), std::string::npos);
}

TEST_F(MessageCommandsTest, ARefusedEmbedBecomesTextAndSilencesNothing) {
  store_.make_command(guild_, "card", R"({"embeds":[{"title":"Rules","description":"Be kind."}]})");
  store_.make_command(guild_, "hello");
  discord_.refusals = {test_support::discord_error(Errc::forbidden, 50013)};
  send("!card");
  send("!card");
  send("!hello");
  EXPECT_EQ(discord_.messages.size(), 4U) << "the second card is sent as text at once";
  EXPECT_TRUE(discord_.messages[0].message.contains("embeds"));
  for (const auto index : {1U, 2U}) {
    EXPECT_EQ(discord_.messages[index].message.at("content"), "**Rules**\nBe kind.");
    EXPECT_FALSE(discord_.messages[index].message.contains("embeds"));
  }
  EXPECT_EQ(discord_.messages[0].message.at("nonce"), discord_.messages[1].message.at("nonce"));
  EXPECT_EQ(discord_.messages[3].message.at("content"), "x");
  EXPECT_EQ(count(CommandOutcome::answered), 3U);
  ASSERT_EQ(reports_.size(), 2U);
  EXPECT_EQ(reports_[0].at("outcome"), "answered");
  EXPECT_EQ(reports_[0].at("missingPermissions"), (json::array{"Embed Links"}));
}

class ChannelRightsTest : public MessageCommandsTest {
 protected:
  ChannelRightsTest() { cache_.set_bot(bot_); }

  /// What the bot may do in channel 50.
  void grant(std::uint64_t permissions) {
    discord::Guild guild{.id = guild_};
    guild.roles = {{discord::DiscordRoleId{guild_.value()}, discord::Permissions(permissions)}};
    guild.members = {{bot_, {}}};
    guild.channels.push_back({ChannelId{50}});
    cache_.guild_create(0, guild);
  }

  static constexpr UserId bot_{77};
  using Allowed = discord::Permissions;
  static constexpr std::uint64_t text = Allowed::view_channel | Allowed::send_messages | Allowed::read_message_history;
};

TEST_F(ChannelRightsTest, WhatSurelyCannotBeSentIsHeldBackUntilItCan) {
  store_.make_command(guild_, "hello");
  grant(Allowed::view_channel);
  send("!hello");
  send("!hello");
  EXPECT_TRUE(discord_.messages.empty());
  EXPECT_EQ(count(CommandOutcome::not_permitted), 2U);
  ASSERT_EQ(reports_.size(), 2U);
  EXPECT_EQ(reports_[0].at("outcome"), "not_permitted");
  EXPECT_EQ(reports_[0].at("missingPermissions"), (json::array{"Send Messages"}));
  EXPECT_EQ(reports_[0].at("reason"), "The bot needs Send Messages in this channel.");
  grant(text);
  send("!hello");
  EXPECT_EQ(discord_.messages.size(), 1U);
}

TEST_F(ChannelRightsTest, SaysWhenDiscordShowsTheNamesOfEmojis) {
  store_.make_command(guild_, "party", R"({"content":"<:tada:900> <a:dance:901>"})");
  grant(text);
  discord_.created = {{"content", ":tada: :dance:"}};
  send("!party");
  EXPECT_EQ(count(CommandOutcome::answered), 1U);
  ASSERT_EQ(reports_.size(), 1U);
  EXPECT_EQ(reports_[0].at("missingPermissions"), (json::array{"Use External Emojis"}));
  grant(text | Allowed::use_external_emojis);
  send("!party");
  EXPECT_EQ(reports_.size(), 1U);
}

TEST_F(ChannelRightsTest, EmbedsBecomeTextWithoutAsking) {
  store_.make_command(guild_, "card", R"({"content":"Read:","embeds":[{"title":"Rules"}]})");
  grant(text);
  send("!card");
  ASSERT_EQ(discord_.messages.size(), 1U);
  EXPECT_EQ(discord_.messages[0].message.at("content"), "Read:\n**Rules**");
  grant(text | Allowed::embed_links);
  send("!card");
  EXPECT_TRUE(discord_.messages[1].message.contains("embeds"));
}

TEST_F(ChannelRightsTest, WithoutHistoryNothingIsAReply) {
  store_.make_command(guild_, "hello");
  grant(Allowed::view_channel | Allowed::send_messages);
  send("!hello");
  ASSERT_EQ(discord_.messages.size(), 1U);
  EXPECT_FALSE(discord_.messages[0].message.contains("message_reference"));
  EXPECT_TRUE(reports_.empty());
}

TEST_F(ChannelRightsTest, ARefusalIsForgottenWhenTheGuildChanges) {
  store_.make_command(guild_, "hello");
  grant(text);
  discord_.refusals = {test_support::discord_error(Errc::forbidden, 50013)};
  send("!hello");
  send("!hello");
  EXPECT_EQ(discord_.messages.size(), 1U);
  grant(text);
  send("!hello");
  EXPECT_EQ(discord_.messages.size(), 2U);
}

TEST_F(MessageCommandsTest, TellsWhatDiscordRefused) {
  store_.make_command(guild_, "hello");
  discord_.refused_parts = {{"/components/0/components/0/emoji/id", "Invalid emoji"}};
  send("!hello");
  EXPECT_EQ(count(CommandOutcome::answered), 1U);
  ASSERT_EQ(reports_.size(), 1U);
  EXPECT_EQ(reports_[0].at("trigger"), "hello");
  EXPECT_EQ(reports_[0].at("channelId"), "50");
  EXPECT_EQ(reports_[0].at("leftOut").at(0).at("pointer"), "/components/0/components/0/emoji/id");
  EXPECT_TRUE(store_.records->has("emoji/id: Invalid emoji"));
}

TEST_F(MessageCommandsTest, AFailureSaysWhy) {
  store_.make_command(guild_, "hello");
  discord_.refusals = {test_support::discord_error(Errc::refused, 50035)};
  send("!hello");
  ASSERT_EQ(reports_.size(), 1U);
  EXPECT_EQ(reports_[0].at("outcome"), "failed");
  EXPECT_EQ(reports_[0].at("reason"), "Discord said no.");
}

TEST_F(MessageCommandsTest, SendsAnOrdinaryMessageWhereAReplyIsForbidden) {
  store_.make_command(guild_, "hello");
  discord_.refusals = {test_support::discord_error(Errc::refused, 160002)};
  send("!hello");
  ASSERT_EQ(discord_.messages.size(), 2U);
  EXPECT_FALSE(discord_.messages[1].message.contains("message_reference"));
  EXPECT_EQ(count(CommandOutcome::answered), 1U);
}

TEST_F(MessageCommandsTest, LogsWhyAResponseFailed) {
  store_.make_command(guild_, "hello");
  discord_.refusals = {base::Error{Errc::unavailable, "Discord is away."}};
  send("!hello");
  EXPECT_EQ(count(CommandOutcome::failed), 1U);
  EXPECT_TRUE(store_.records->has("channel=50 command=hello reason=Discord is away."));
}

TEST_F(MessageCommandsTest, AnEmptyResponseIsLoggedAndNotSent) {
  store_.make_command(guild_, "say", R"({"content":"${1}"})");
  send("!say");
  EXPECT_TRUE(discord_.messages.empty());
  EXPECT_EQ(count(CommandOutcome::empty), 1U);
  EXPECT_TRUE(store_.records->has("response is empty guild=3000000000000000001 channel=50 command=say"));
}

TEST_F(MessageCommandsTest, AnInvalidResponseIsLogged) {
  store_.make_command(guild_, "broken", R"({"content":""})");
  send("!broken");
  EXPECT_TRUE(discord_.messages.empty());
  EXPECT_EQ(count(CommandOutcome::failed), 1U);
}

TEST_F(MessageCommandsTest, KeepsTheArgumentsForItsComponents) {
  const auto command = store_.make_command(guild_, "roll", R"({"content":"x","components":[{"type":1,"components":[
      {"type":2,"style":1,"label":"Again","custom_id":"again"}]}]})");
  const auto id_of = [&] {
    const auto& button = discord_.messages.back().message.at("components").at(0).at("components").at(0);
    return ids_.verify(guild_, button.at("custom_id").as_string()).value();
  };
  send("!roll");
  EXPECT_EQ(id_of().claims.invocation, std::nullopt);
  send(R"(!roll 6 "two dice")");
  EXPECT_EQ(id_of().custom_id, "again");
  const auto call = id_of().claims.invocation;
  ASSERT_EQ(call, InvocationId{1002});
  EXPECT_THAT(loop_.run(invocations_.args(command.id, *call)), ElementsAre("6", "two dice"));
  // After a restart:
  ASSERT_TRUE(loop_.until([&] { return test::run(store_.invocations.find(command.id, MessageId{1002})).has_value(); }));
  CommandInvocations later(store_.invocations, store_.test_database.clock, store_.log);
  EXPECT_THAT(loop_.run(later.args(command.id, *call)), ElementsAre("6", "two dice"));
}

TEST_F(MessageCommandsTest, LimitsTheUsesOfAUser) {
  store_.make_command(guild_, "hello");
  MessageCommandOptions options;
  options.per_user = {2, 1h};
  options.per_guild = {100, 1h};
  use(options);
  for (int i = 0; i < 4; ++i) {
    auto again = message("!hello");
    again.author = UserId{7};
    send(again);
  }
  send("!hello");
  EXPECT_EQ(discord_.messages.size(), 3U);
  EXPECT_EQ(count(CommandOutcome::cooled_down), 2U);
}

TEST_F(MessageCommandsTest, LimitsTheUsesOfAGuild) {
  store_.make_command(guild_, "hello");
  MessageCommandOptions options;
  options.per_user = {100, 1h};
  options.per_guild = {2, 1h};
  use(options);
  for (int i = 0; i < 4; ++i) send("!hello");
  EXPECT_EQ(discord_.messages.size(), 2U);
}

TEST_F(MessageCommandsTest, DoesNothingWhenDisabled) {
  store_.make_command(guild_, "hello");
  MessageCommandOptions options;
  options.enabled = false;
  use(options);
  send("!hello");
  EXPECT_TRUE(discord_.messages.empty());
  EXPECT_EQ(counters_.messages, 1U);
}

TEST_F(MessageCommandsTest, LimitsWhatIsInFlightAndDropsTheOldest) {
  store_.make_command(guild_, "say", R"({"content":"${1}"})");
  MessageCommandOptions options;
  options.max_in_flight = 1;
  options.max_waiting = 2;
  use(options);
  read_index();
  discord_.hold();
  for (const auto* content : {"!say 1", "!say 2", "!say 3", "!say 4"}) receive(message(content));
  loop_.run(messages_->drain(0s));
  EXPECT_EQ(counters_.in_flight, 3U);
  EXPECT_EQ(unhandled_.first(7), 1001U);
  EXPECT_EQ(unhandled_.first(6), std::nullopt);
  EXPECT_EQ(unhandled_.first(8), std::nullopt);
  discord_.release();
  loop_.run(messages_->drain(10s));
  EXPECT_EQ(unhandled_.first(7), std::nullopt);
  EXPECT_THAT(contents(), ElementsAre("1", "3", "4"));
  EXPECT_EQ(count(CommandOutcome::dropped), 1U);
  EXPECT_EQ(counters_.in_flight, 0U);
  EXPECT_TRUE(store_.records->has("Too many messages wait"));
}

}  // namespace
}  // namespace guildhall::bot
