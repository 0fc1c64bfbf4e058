#include "bot/bot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/components/component_ids.hpp"
#include "bot/fake_discord.hpp"
#include "bot/fake_scripts.hpp"
#include "bot/test_support.hpp"

namespace guildhall::bot {
namespace {

using base::GuildId;
using base::UserId;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using namespace std::chrono_literals;

class BotTest : public ::testing::Test {
 protected:
  BotTest() { bot_.start(); }
  void TearDown() override { loop_.run(bot_.stop()); }

  /// As the gateway calls it.
  void dispatch(std::string_view name, std::string data, unsigned shard = 0) {
    const auto length = data.size();
    data.append(64, '\0');
    bot_.on_dispatch({name, shard, ++sequence_, std::string_view(data).substr(0, length)});
  }

  void begin_session(std::string_view guilds) {
    dispatch("READY", R"({"v":10,"user":{"id":"1","username":"Workshop Bot","bot":true},"shard":[0,1],"guilds":[)" +
                          std::string(guilds) + R"(],"application":{"id":"2"}})");
  }

  [[nodiscard]] std::shared_ptr<const database::Guild> row(GuildId id) { return test::run(store_.guilds.find(id)); }
  void finish() { loop_.run(bot_.drain(10s)); }

  test_support::Store store_;
  test::TestLoop loop_;
  std::uint64_t sequence_ = 0;
  const GuildId guild_{100};
  test_support::FakeDiscord discord_;
  base::EventBus events_;
  discord::GuildCache cache_{{true, {}, {}}};
  test_support::FakeScripts scripts_;
  Bot bot_{{loop_.executor(),
            discord_,
            store_.guilds,
            store_.commands,
            store_.invocations,
            store_.uses,
            store_.database->feed(),
            events_,
            cache_,
            store_.test_database.clock,
            store_.logger,
            scripts_.runner(),
            {base::Secret(std::string(32, 'k'))},
            discord::ApplicationId{2}}};
};

constexpr auto guild_create = R"({"id":"100","name":"Workshop","icon":"abc","owner_id":"5",
    "roles":[{"id":"100","permissions":"0"},{"id":"7","permissions":"32"}],"members":[]})";
constexpr auto hello = R"({"id":"900","channel_id":"50","guild_id":"100","type":0,"content":"!hello World",
    "author":{"id":"6","username":"ada"}})";

TEST_F(BotTest, RunsCustomCommands) {
  begin_session(R"({"id":"100","unavailable":true})");
  dispatch("GUILD_CREATE", guild_create);
  finish();
  store_.make_command(guild_, "hello", R"({"content":"Hello ${1}!"})");
  dispatch("MESSAGE_CREATE", hello);
  finish();
  ASSERT_THAT(discord_.messages, SizeIs(1));
  EXPECT_EQ(discord_.messages[0].message.at("content").as_string(), "Hello World!");
  EXPECT_EQ(bot_.counters().commands[0], 1U);
}

TEST_F(BotTest, KeepsTheTableOfGuildsUpToDate) {
  store_.make_guild(GuildId{300});
  begin_session(R"({"id":"100","unavailable":true})");
  dispatch("GUILD_CREATE", guild_create);
  finish();
  EXPECT_EQ(row(guild_)->name, "Workshop");
  EXPECT_EQ(row(guild_)->icon, "abc");
  EXPECT_TRUE(row(GuildId{300})->left_at) << "left while the bot was away";

  dispatch("GUILD_UPDATE", R"({"id":"100","name":"Workshop II","icon":null,"owner_id":"5","roles":[]})");
  finish();
  EXPECT_EQ(row(guild_)->name, "Workshop II");

  dispatch("GUILD_DELETE", R"({"id":"100","unavailable":true})");
  finish();
  EXPECT_FALSE(row(guild_)->left_at) << "an outage does not end the membership";

  dispatch("GUILD_DELETE", R"({"id":"100"})");
  finish();
  EXPECT_TRUE(row(guild_)->left_at);

  dispatch("GUILD_CREATE", guild_create);
  finish();
  EXPECT_FALSE(row(guild_)->left_at);
}

TEST_F(BotTest, KnowsWhoMayManageAGuild) {
  const auto manages = [&](std::uint64_t user) {
    const auto permissions = cache_.permissions(guild_, UserId{user});
    return permissions && permissions->may_manage_guild();
  };
  dispatch("GUILD_CREATE", guild_create);
  EXPECT_TRUE(manages(5));
  dispatch("GUILD_MEMBER_UPDATE", R"({"guild_id":"100","user":{"id":"6"},"roles":["7"]})");
  EXPECT_TRUE(manages(6));
  dispatch("GUILD_ROLE_UPDATE", R"({"guild_id":"100","role":{"id":"7","permissions":"0"}})");
  EXPECT_FALSE(manages(6));
  dispatch("GUILD_ROLE_CREATE", R"({"guild_id":"100","role":{"id":"8","permissions":"8"}})");
  dispatch("GUILD_MEMBER_ADD", R"({"guild_id":"100","user":{"id":"9"},"roles":["8"]})");
  EXPECT_TRUE(manages(9));
  dispatch("GUILD_MEMBER_REMOVE", R"({"guild_id":"100","user":{"id":"9"}})");
  EXPECT_FALSE(manages(9));
  dispatch("GUILD_MEMBER_ADD", R"({"guild_id":"100","user":{"id":"9"},"roles":["8"]})");
  dispatch("GUILD_ROLE_DELETE", R"({"guild_id":"100","role_id":"8"})");
  EXPECT_FALSE(manages(9));
}

TEST_F(BotTest, AnnouncesThatItIsReadyAndRegistersItsCommandsOnce) {
  std::vector<base::BotReady> heard;
  const auto subscription = events_.ready.subscribe([&](const auto& event) { heard.push_back(*event); });
  begin_session(R"({"id":"100","unavailable":true},{"id":"200","unavailable":true})");
  bot_.on_shards_ready(1);
  ASSERT_TRUE(loop_.until([&] { return discord_.overwrites == 1; }));
  ASSERT_THAT(heard, SizeIs(1));
  EXPECT_THAT(heard[0].user, HasSubstr("Workshop Bot"));
  EXPECT_EQ(heard[0].guilds, 2U);
  EXPECT_EQ(heard[0].shards, 1U);

  discord_.commands.clear();
  bot_.on_shards_ready(1);
  ASSERT_TRUE(loop_.until([&] { return heard.size() == 2; }));
  EXPECT_EQ(discord_.overwrites, 1);
}

TEST_F(BotTest, IsReadyWithAResumedSession) {
  store_.make_guild(guild_);
  std::vector<base::BotReady> heard;
  const auto subscription = events_.ready.subscribe([&](const auto& event) { heard.push_back(*event); });
  dispatch("RESUMED", "{}");
  bot_.on_shards_ready(1);
  ASSERT_TRUE(loop_.until([&] { return !heard.empty(); }));
  EXPECT_THAT(heard[0].user, HasSubstr(R"("username":"Workshop Bot")"));
  EXPECT_EQ(heard[0].guilds, 1U);
}

TEST_F(BotTest, PublishesEachEventOnce) {
  std::vector<base::GatewayDispatch> heard;
  {
    const auto subscription = events_.dispatch.subscribe([&](const auto& event) { heard.push_back(*event); });
    dispatch("GUILD_CREATE", guild_create, 3);
    dispatch("MESSAGE_CREATE", hello);
    dispatch("USER_UPDATE", R"({"id":"1"})");
  }
  dispatch("MESSAGE_CREATE", hello);
  ASSERT_THAT(heard, SizeIs(3));
  EXPECT_EQ(heard[0].name, "GUILD_CREATE");
  EXPECT_EQ(heard[0].shard, 3U);
  EXPECT_EQ(heard[0].guild, guild_);
  EXPECT_EQ(heard[0].data, guild_create);
  EXPECT_EQ(heard[1].guild, guild_);
  EXPECT_EQ(heard[2].guild, std::nullopt);
}

TEST_F(BotTest, DoesNotPublishTokens) {
  std::vector<base::GatewayDispatch> heard;
  const auto subscription = events_.dispatch.subscribe([&](const auto& event) { heard.push_back(*event); });
  dispatch("INTERACTION_CREATE", R"({"id":"1","type":3,"token":"key","guild_id":"100"})");
  ASSERT_THAT(heard, SizeIs(1));
  EXPECT_EQ(heard[0].guild, guild_);
  EXPECT_EQ(heard[0].data, R"({"id":"1","type":3,"guild_id":"100"})");
}

TEST_F(BotTest, RunsSlashCommands) {
  dispatch("INTERACTION_CREATE", R"({"id":"1","application_id":"2","type":2,"token":"key","guild_id":"100",
      "member":{"permissions":"0","user":{"id":"6"}},"data":{"id":"9","type":1,"name":"ping"}})");
  finish();
  ASSERT_THAT(discord_.interactions, SizeIs(1));
  EXPECT_THAT(discord_.interactions[0], HasSubstr("Pong!"));
  EXPECT_EQ(bot_.counters().interactions, 1U);
}

TEST_F(BotTest, RunsTheScriptsOfComponents) {
  store_.make_guild(guild_);
  const auto command = test::run(database::test_support::create_command(store_.commands, guild_, "hello",
                                                                        R"({"content":"x"})", "script"))
                           .value();
  scripts_.next = [](vm::ScriptRun, std::shared_ptr<vm::HostCalls> host) -> net::Task<vm::Outcome> {
    auto calling = host->call({vm::Method::reply, {{"data", {{"content", "clicked"}}}}});
    co_await std::move(calling);
    co_return vm::Outcome{};
  };
  const ComponentIds ids({base::Secret(std::string(32, 'k'))});
  const auto custom_id = ids.sign({guild_, command.id, 1}, "go");
  dispatch("INTERACTION_CREATE",
           R"({"id":"1","application_id":"2","type":3,"token":"key","guild_id":"100","channel_id":"50",
               "member":{"permissions":"0","user":{"id":"6"}},"message":{"id":"800"},
               "data":{"component_type":2,"custom_id":")" +
               custom_id + "\"}}");
  EXPECT_EQ(bot_.first_unhandled(0), sequence_);
  finish();
  EXPECT_EQ(bot_.first_unhandled(0), std::nullopt);
  ASSERT_THAT(discord_.interactions, SizeIs(1));
  EXPECT_THAT(discord_.interactions[0], HasSubstr("clicked"));
}

TEST_F(BotTest, IgnoresInvalidEvents) {
  for (const auto* name :
       {"READY", "GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE", "GUILD_ROLE_CREATE", "GUILD_ROLE_DELETE",
        "GUILD_MEMBER_ADD", "GUILD_MEMBER_REMOVE", "MESSAGE_CREATE", "INTERACTION_CREATE", "SOMETHING_NEW"}) {
    for (const auto* data : {"", "null", "[]", "{}", "{\"id\":{}}", "{\"guild_id\":\"x\",\"user\":7,\"role\":[]}"}) {
      dispatch(name, data);
    }
  }
  finish();
  EXPECT_FALSE(store_.records->has("failed"));
}

}  // namespace
}  // namespace guildhall::bot
