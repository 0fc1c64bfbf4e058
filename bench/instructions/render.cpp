#include <boost/json/serialize.hpp>
#include <string>
#include <string_view>

#include "bench/instructions/counting.hpp"
#include "bench/instructions/paths.hpp"
#include "bot/fake_discord.hpp"
#include "bot/run/custom_commands.hpp"
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

/// The bot's answers to messages, up to what would go to Discord.
class Desk {
 public:
  Desk() {
    store_.make_guild(guild_);
    static_cast<void>(store_.make_command(guild_, "welcome", std::string(response)));
    loop_.start(book_.run());
    demand(loop_.run(book_.wait_until_current(guild_, 10s)), "the commands are not read");
  }

  /// The body of the request.
  std::string answer(discord::IncomingMessage message) {
    custom_.on_message(message, {0, message.id.value()});
    loop_.turn();
    if (discord_.messages.size() != 1) return {};
    auto body = boost::json::serialize(discord_.messages.front().message);
    discord_.messages.clear();
    return body;
  }

  /// The first one reads its command from the database.
  void prepare(discord::IncomingMessage message) {
    custom_.on_message(message, {0, message.id.value()});
    loop_.run(custom_.finished(10s));
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
  static bot::CustomCommandOptions options() {
    bot::CustomCommandOptions options;
    options.per_person = {1'000'000, 1ms};
    options.per_guild = {1'000'000, 1ms};
    return options;
  }

  std::uint64_t next_ = 1'441'910'872'345'678'901;
  const base::GuildId guild_{3'000'000'000'000'000'001};
  bot::testing::Store store_;
  bot::testing::Loop loop_;
  bot::testing::FakeDiscord discord_{loop_.executor()};
  bot::CommandIndex book_{loop_.executor(), store_.commands, store_.database->feed(), store_.log};
  const bot::ComponentIds ids_{{base::Secret(std::string(32, 'k'))}};
  bot::Calls calls_{store_.calls, store_.test_database.clock, store_.log};
  bot::BotCounters counters_;
  bot::CustomCommands custom_{{loop_.executor(), discord_, book_, store_.commands, ids_, calls_, counters_,
                               store_.test_database.clock, store_.log, options()}};
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
