#include <boost/json/serialize.hpp>
#include <string>
#include <string_view>

#include "bench/instructions/counting.hpp"
#include "bench/instructions/paths.hpp"
#include "bot/fake_discord.hpp"
#include "bot/match/command_index.hpp"
#include "bot/run/command_invocations.hpp"
#include "bot/run/command_runner.hpp"
#include "bot/run/command_uses.hpp"
#include "bot/run/message_commands.hpp"
#include "bot/test_support.hpp"

namespace guildhall::bench {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view response =
    R"({"content":"Welcome ${1}! You are number ${2}.","embeds":[{"title":"Hello ${1}","description":"Read the rules )"
    R"(first, ${1}; then say something nice about ${3}.","url":"https://example.com","color":5793266,"fields":[)"
    R"({"name":"Name","value":"${1}","inline":true},{"name":"Number","value":"${2}","inline":true}],)"
    R"("footer":{"text":"Asked for by ${1}"},"thumbnail":{"url":"https://example.com/wave.png"}}],"components":[)"
    R"({"type":1,"components":[{"type":2,"style":5,"label":"Rules","url":"https://example.com/rules"}]}]})";

/// The bot's responses to messages, without sending them.
class Desk {
 public:
  Desk() {
    store_.make_guild(guild_);
    static_cast<void>(store_.make_command(guild_, "welcome", std::string(response)));
    loop_.spawn(index_.run());
    demand(loop_.run(index_.wait_until_current(guild_, 10s)), "the commands are not read");
  }

  /// The body of the request.
  std::string answer(discord::IncomingMessage message) {
    messages_.on_message(message, {0, message.id.value()});
    loop_.poll();
    if (discord_.messages.size() != 1) return {};
    auto body = boost::json::serialize(discord_.messages.front().message);
    discord_.messages.clear();
    return body;
  }

  /// The first one reads its command from the database.
  void prepare(discord::IncomingMessage message) {
    messages_.on_message(message, {0, message.id.value()});
    loop_.run(messages_.drain(10s));
    discord_.messages.clear();
  }

  discord::IncomingMessage next_message() {
    return {discord::MessageId{next_++},
            discord::ChannelId{1'129'384'756'102'938'001},
            guild_,
            base::UserId{2'000'000'000'000'000'001},
            false,
            0,
            R"(!welcome Ada 1234 "the analytical engine")"};
  }

 private:
  static bot::MessageCommandOptions options() {
    bot::MessageCommandOptions options;
    options.per_user = {1'000'000, 1ms};
    options.per_guild = {1'000'000, 1ms};
    return options;
  }

  std::uint64_t next_ = 1'441'910'872'345'678'901;
  const base::GuildId guild_{3'000'000'000'000'000'001};
  bot::test_support::Store store_;
  test::TestLoop loop_;
  bot::test_support::FakeDiscord discord_;
  bot::CommandIndex index_{loop_.executor(), store_.commands, store_.database->feed(), store_.log};
  const bot::ComponentIds ids_{{base::Secret(std::string(32, 'k'))}};
  bot::CommandInvocations invocations_{store_.invocations, store_.test_database.clock, store_.log};
  bot::CommandUses uses_{store_.uses, store_.test_database.clock, store_.log};
  bot::ResponseCache responses_{1U << 20};
  const discord::GuildCache cache_{{}};
  const base::EventBus events_;
  bot::BotCounters counters_;
  bot::UnhandledEvents unhandled_;
  bot::CommandRunner runner_{{.api = discord_,
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
                              .per_user = options().per_user,
                              .per_guild = options().per_guild}};
  bot::MessageCommands messages_{{.home = loop_.executor(),
                                  .index = index_,
                                  .runner = runner_,
                                  .unhandled = unhandled_,
                                  .cache = cache_,
                                  .counters = counters_,
                                  .log = store_.log,
                                  .options = options()}};
};

}  // namespace

void render_response(unsigned warm_up, unsigned operations) {
  Desk desk;
  desk.prepare(desk.next_message());
  for (unsigned i = 0; i < warm_up; ++i) {
    const auto body = desk.answer(desk.next_message());
    demand(body.find("nice about the analytical engine.") != std::string::npos, "no answer");
  }
  for (unsigned i = 0; i < operations; ++i) {
    const auto message = desk.next_message();
    const Counting counting;
    static_cast<void>(desk.answer(message));
  }
}

}  // namespace guildhall::bench
