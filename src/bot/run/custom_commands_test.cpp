#include "bot/run/custom_commands.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/fake_discord.hpp"
#include "bot/test_support.hpp"

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

class CustomCommandsTest : public ::testing::Test {
 protected:
  CustomCommandsTest() {
    store_.make_guild(guild_);
    use({});
  }

  /// Waits until commands that were made are known, and until what is asked has been answered.
  void ask(const IncomingMessage& message) {
    read_book();
    say(message);
    loop_.run(custom_->finished(10s));
  }
  void ask(std::string_view content) { ask(message(content)); }
  /// An event of shard 7 whose sequence is the message's id.
  void say(const IncomingMessage& message) { custom_->on_message(message, {7, message.id.value()}); }

  void read_book() {
    if (!std::exchange(reading_, true)) loop_.spawn(book_.run());
    ASSERT_TRUE(loop_.run(book_.wait_until_current(guild_, 10s)));
  }

  void use(CustomCommandOptions options) {
    custom_.emplace(CustomCommands::Parts{loop_.executor(), discord_, book_, store_.commands, ids_, calls_, counters_,
                                          store_.test_database.clock, store_.log, options});
  }

  /// Each from somebody else.
  IncomingMessage message(std::string_view content) {
    ++last_id_;
    return {MessageId{last_id_}, ChannelId{50}, guild_, UserId{last_id_}, false, 0, content};
  }

  [[nodiscard]] std::vector<std::string> contents() const {
    std::vector<std::string> contents;
    for (const auto& sent : discord_.messages) contents.emplace_back(sent.message.at("content").as_string());
    return contents;
  }

  testing::Store store_;
  test::TestLoop loop_;
  const GuildId guild_{3000000000000000001};
  std::uint64_t last_id_ = 1000;
  bool reading_ = false;
  testing::FakeDiscord discord_{loop_.executor()};
  BotCounters counters_;
  CommandIndex book_{loop_.executor(), store_.commands, store_.database->feed(), store_.log};
  const ComponentIds ids_{{base::Secret(std::string(32, 'k'))}};
  CommandInvocations calls_{store_.calls, store_.test_database.clock, store_.log};
  std::optional<CustomCommands> custom_;
};

TEST_F(CustomCommandsTest, AnswersWithAReplyThatPingsNobody) {
  store_.make_command(guild_, "hello", R"({"content":"Hello ${1}!"})");
  ask(R"(!hello "wide World" x)");
  ASSERT_EQ(discord_.messages.size(), 1U);
  EXPECT_EQ(discord_.messages[0].channel, ChannelId{50});
  EXPECT_EQ(
      json::serialize(discord_.messages[0].message),
      R"({"content":"Hello wide World!","allowed_mentions":{"parse":[],"replied_user":false},)"
      R"("nonce":"1001","enforce_nonce":true,"message_reference":{"message_id":"1001","fail_if_not_exists":false}})");
  EXPECT_EQ(counters_.read().answered, 1U);
}

TEST_F(CustomCommandsTest, IsSilentAboutEverythingElse) {
  store_.make_command(guild_, "hello");
  for (const auto* content : {"", "hello", "!hell", "! hello", "?hello", "good morning"}) ask(content);
  EXPECT_TRUE(discord_.messages.empty());
  EXPECT_EQ(counters_.read().messages, 6U);
  EXPECT_EQ(counters_.read().matched, 0U);
}

TEST_F(CustomCommandsTest, NeverAnswersBotsSystemMessagesAndDirectMessages) {
  store_.make_command(guild_, "hello");
  auto bot = message("!hello");
  bot.automated = true;
  ask(bot);
  auto joined = message("!hello");
  joined.type = 7;  // somebody joined the guild
  ask(joined);
  auto direct = message("!hello");
  direct.guild.reset();
  ask(direct);
  EXPECT_TRUE(discord_.messages.empty());
  auto reply = message("!hello");
  reply.type = 19;
  ask(reply);
  EXPECT_EQ(discord_.messages.size(), 1U);
}

TEST_F(CustomCommandsTest, TheSecondAnswerCostsNoQuery) {
  store_.make_command(guild_, "hello");
  ask("!hello");
  const auto before = store_.database->counters().reads;
  ask("!hello");
  ask("nothing");
  EXPECT_EQ(store_.database->counters().reads, before);
  EXPECT_EQ(discord_.messages.size(), 2U);
}

TEST_F(CustomCommandsTest, ActsOnAChangeWithTheNextMessage) {
  const auto command = store_.make_command(guild_, "hello", R"({"content":"old"})");
  ask("!hello");
  ASSERT_TRUE(test::run(
      store_.commands.update(guild_, command.id, {{}, R"({"content":"new"})", {}}, {}, database::testing::unruled)));
  // Not waiting for the book here: the message does.
  say(message("!hello"));
  loop_.run(custom_->finished(10s));
  ASSERT_TRUE(test::run(store_.guilds.update(guild_, {"?", {}}, database::testing::unruled_guild)));
  say(message("!hello"));
  say(message("?hello"));
  loop_.run(custom_->finished(10s));
  EXPECT_THAT(contents(), ElementsAre("old", "new", "new"));
}

TEST_F(CustomCommandsTest, LeavesAChannelAloneInWhichItMayNotSpeak) {
  store_.make_command(guild_, "hello");
  discord_.refusals = {testing::discord_error(Errc::forbidden, 50013)};
  ask("!hello");
  ask("!hello");
  EXPECT_EQ(discord_.messages.size(), 1U);
  EXPECT_TRUE(store_.records->has("guild=3000000000000000001 channel=50 command=hello"));
  EXPECT_EQ(counters_.read().not_permitted, 2U);
  auto elsewhere = message("!hello");
  elsewhere.channel = ChannelId{51};
  ask(elsewhere);
  EXPECT_EQ(discord_.messages.size(), 2U);
}

TEST_F(CustomCommandsTest, SpeaksWithoutReplyingWhereAReplyIsNotAllowed) {
  store_.make_command(guild_, "hello");
  discord_.refusals = {testing::discord_error(Errc::refused, 160002)};
  ask("!hello");
  ASSERT_EQ(discord_.messages.size(), 2U);
  EXPECT_FALSE(discord_.messages[1].message.contains("message_reference"));
  EXPECT_EQ(counters_.read().answered, 1U);
}

TEST_F(CustomCommandsTest, SaysWhyAnAnswerFailed) {
  store_.make_command(guild_, "hello");
  discord_.refusals = {base::Error{Errc::unavailable, "Discord is away."}};
  ask("!hello");
  EXPECT_EQ(counters_.read().failed, 1U);
  EXPECT_TRUE(store_.records->has("channel=50 command=hello reason=Discord is away."));
}

TEST_F(CustomCommandsTest, AnAnswerWithNothingInItIsLoggedAndNotSent) {
  store_.make_command(guild_, "say", R"({"content":"${1}"})");
  ask("!say");
  EXPECT_TRUE(discord_.messages.empty());
  EXPECT_EQ(counters_.read().empty, 1U);
  EXPECT_TRUE(store_.records->has("nothing to say guild=3000000000000000001 channel=50 command=say"));
}

TEST_F(CustomCommandsTest, AResponseThatIsNotValidIsLogged) {
  store_.make_command(guild_, "broken", R"({"content":""})");
  ask("!broken");
  EXPECT_TRUE(discord_.messages.empty());
  EXPECT_EQ(counters_.read().failed, 1U);
}

TEST_F(CustomCommandsTest, KeepsTheArgumentsForItsComponents) {
  const auto command = store_.make_command(guild_, "roll", R"({"content":"x","components":[{"type":1,"components":[
      {"type":2,"style":1,"label":"Again","custom_id":"again"}]}]})");
  const auto id_of = [&] {
    const auto& button = discord_.messages.back().message.at("components").at(0).at("components").at(0);
    return ids_.verify(guild_, button.at("custom_id").as_string()).value();
  };
  ask("!roll");
  EXPECT_EQ(id_of().claims.call, std::nullopt);
  ask(R"(!roll 6 "two dice")");
  EXPECT_EQ(id_of().custom_id, "again");
  const auto call = id_of().claims.call;
  ASSERT_EQ(call, MessageId{1002});
  EXPECT_THAT(loop_.run(calls_.args(command.id, *call)), ElementsAre("6", "two dice"));
  // After a restart:
  ASSERT_TRUE(loop_.until([&] { return test::run(store_.calls.find(command.id, *call)).has_value(); }));
  CommandInvocations later(store_.calls, store_.test_database.clock, store_.log);
  EXPECT_THAT(loop_.run(later.args(command.id, *call)), ElementsAre("6", "two dice"));
}

TEST_F(CustomCommandsTest, OnePersonGetsOnlySoManyAnswers) {
  store_.make_command(guild_, "hello");
  CustomCommandOptions options;
  options.per_person = {2, 1h};
  options.per_guild = {100, 1h};
  use(options);
  for (int i = 0; i < 4; ++i) {
    auto again = message("!hello");
    again.author = UserId{7};
    ask(again);
  }
  ask("!hello");
  EXPECT_EQ(discord_.messages.size(), 3U);
  EXPECT_EQ(counters_.read().cooled_down, 2U);
}

TEST_F(CustomCommandsTest, OneGuildGetsOnlySoManyAnswers) {
  store_.make_command(guild_, "hello");
  CustomCommandOptions options;
  options.per_person = {100, 1h};
  options.per_guild = {2, 1h};
  use(options);
  for (int i = 0; i < 4; ++i) ask("!hello");
  EXPECT_EQ(discord_.messages.size(), 2U);
}

TEST_F(CustomCommandsTest, AnswersNothingWhereItIsSwitchedOff) {
  store_.make_command(guild_, "hello");
  CustomCommandOptions options;
  options.enabled = false;
  use(options);
  ask("!hello");
  EXPECT_TRUE(discord_.messages.empty());
  EXPECT_EQ(counters_.read().messages, 1U);
}

TEST_F(CustomCommandsTest, AnswersOnlySoManyAtOnceAndDropsTheOldestBeyond) {
  store_.make_command(guild_, "say", R"({"content":"${1}"})");
  CustomCommandOptions options;
  options.under_way = 1;
  options.waiting = 2;
  use(options);
  read_book();
  discord_.hold();
  for (const auto* content : {"!say 1", "!say 2", "!say 3", "!say 4"}) say(message(content));
  loop_.run(custom_->finished(0s));
  EXPECT_EQ(counters_.read().under_way, 3U);
  EXPECT_EQ(custom_->first_unanswered(7), 1001U);
  EXPECT_EQ(custom_->first_unanswered(6), std::nullopt);
  EXPECT_EQ(custom_->first_unanswered(8), std::nullopt);
  discord_.release();
  loop_.run(custom_->finished(10s));
  EXPECT_EQ(custom_->first_unanswered(7), std::nullopt);
  EXPECT_THAT(contents(), ElementsAre("1", "3", "4"));
  EXPECT_EQ(counters_.read().dropped, 1U);
  EXPECT_EQ(counters_.read().under_way, 0U);
  EXPECT_TRUE(store_.records->has("Too many messages wait"));
}

}  // namespace
}  // namespace guildhall::bot
