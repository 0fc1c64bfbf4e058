#include <zstd.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/instructions/counting.hpp"
#include "bench/instructions/discord_message.hpp"
#include "bench/instructions/paths.hpp"
#include "bot/bot.hpp"
#include "bot/fake_discord.hpp"
#include "bot/fake_scripts.hpp"
#include "bot/test_support.hpp"
#include "discord/gateway/payload_stream.hpp"
#include "discord/gateway/session.hpp"

namespace guildhall::bench {
namespace {

using namespace std::chrono_literals;
using discord::PayloadStream;

constexpr unsigned guilds = 20;
constexpr unsigned commands_of_each = 20;
constexpr std::uint64_t first_guild = 3'000'000'000'000'000'001;
constexpr std::uint64_t first_message = 1'441'910'872'345'678'901;

/// The gateway's side of a connection with transport compression.
class Compressor {
 public:
  std::string compress(std::string_view payload) {
    std::string message(ZSTD_compressBound(payload.size()) + 64, '\0');
    ZSTD_inBuffer in{payload.data(), payload.size(), 0};
    ZSTD_outBuffer out{message.data(), message.size(), 0};
    demand(ZSTD_compressStream2(context_.get(), &out, &in, ZSTD_e_flush) == 0, "zstd");
    message.resize(out.pos);
    return message;
  }

 private:
  struct Free {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };
  std::unique_ptr<ZSTD_CCtx, Free> context_{ZSTD_createCCtx()};
};

/// A shard without a network, and the bot that it serves.
class Shard final : private discord::GatewaySessionActions {
 public:
  Shard() {
    for (unsigned i = 0; i < guilds; ++i) {
      store_.make_guild(base::GuildId{first_guild + i});
      store_.make_many_commands(base::GuildId{first_guild + i}, commands_of_each);
    }
    bot_.start();
    session_.start({}, now_);
    session_.on_identify_acquired(now_);
    session_.on_connected(now_);
    receive(R"({"t":null,"s":null,"op":10,"d":{"heartbeat_interval":41250,"_trace":[]}})");
    session_.on_identify_recorded(now_);
    receive(event("READY", R"({"v":10,"user":{"id":"1","username":"Workshop Bot","bot":true},"session_id":"s1",)"
                           R"("resume_gateway_url":"wss://resume.example","shard":[0,1],"guilds":[)" +
                               guild_list() + R"(],"application":{"id":"2","flags":0}})"));
    // A guild is known once the first message there has been looked at.
    for (std::uint64_t i = 0; i < guilds; ++i) receive(message(4 * i));
    loop_.run(bot_.drain(10s));
  }
  ~Shard() override { loop_.run(bot_.stop()); }
  Shard(const Shard&) = delete;
  Shard& operator=(const Shard&) = delete;

  /// A message of the gateway that holds the next MESSAGE_CREATE.
  std::string next_message() { return compressor_.compress(message(next_++)); }

  void take(std::string_view message) {
    const bool whole = stream_->decode(message) == PayloadStream::Outcome::payload;
    demand(whole, "zstd");
    session_.on_payload(stream_->payload(), now_);
  }

  [[nodiscard]] const bot::BotCounters& counters() const { return bot_.counters(); }

 private:
  void receive(const std::string& payload) { take(compressor_.compress(payload)); }

  static std::string guild_list() {
    std::string list;
    for (unsigned i = 0; i < guilds; ++i) {
      list.append(i == 0 ? "" : ",").append(R"({"id":")").append(std::to_string(first_guild + i));
      list.append(R"(","unavailable":true})");
    }
    return list;
  }

  std::string event(std::string_view name, std::string_view data) {
    return R"({"t":")" + std::string(name) + R"(","s":)" + std::to_string(++sequence_) + R"(,"op":0,"d":)" +
           std::string(data) + "}";
  }

  std::string message(std::uint64_t number) {
    static constexpr std::array<std::string_view, 4> contents{
        "Has anyone tried the new build? It starts twice as fast here.", "!c7 staging \\\"by hand\\\"",
        "\\ud83d\\ude80 https://example.com/releases/2.1.0 is out, thanks to all who tested it this week",
        "!nothing of that name"};
    return event("MESSAGE_CREATE",
                 discord_message(first_message + number, first_guild + number / contents.size() % guilds,
                                 contents[number % contents.size()]));
  }

  void connect(std::string) override {}
  void send(std::string_view) override {}
  void close(std::uint16_t, std::string_view) override {}
  void dispatch(const discord::Dispatch& dispatch) override { bot_.on_dispatch(dispatch); }
  void acquire_identify() override {}
  void release_identify(IdentifyUse) override {}
  void record_identify() override {}
  void on_ready(bool) override {}
  void on_reconnecting(std::string_view, std::chrono::milliseconds, bool) override {}
  void on_failed(std::string_view) override {}

  static bot::MessageCommandOptions options() {
    bot::MessageCommandOptions options;
    options.per_user = {1, 24h};
    return options;
  }

  const discord::GatewaySession::Time now_{1000h};
  std::uint64_t next_ = 0;
  std::uint64_t sequence_ = 0;
  bot::test_support::Store store_;
  test::TestLoop loop_;
  bot::test_support::FakeDiscord discord_;
  bot::test_support::FakeScripts scripts_;
  base::EventBus events_;
  discord::GuildCache cache_{{true, {}, {}}};
  bot::Bot bot_{{loop_.executor(),
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
                 discord::ApplicationId{2},
                 options()}};
  const discord::GatewayOptions gateway_;
  discord::PayloadReader reader_;
  discord::GatewayCounters counters_;
  discord::GatewaySession session_{
      gateway_, discord::ShardId{0, 1}, "wss://gateway.example", {*this, reader_, counters_, [] { return 0.5; }}};
  Compressor compressor_;
  std::unique_ptr<PayloadStream> stream_ = PayloadStream::make(discord::GatewayCompression::zstd_stream);
};

}  // namespace

void dispatch_message(unsigned warm_up, unsigned operations) {
  Shard shard;
  for (unsigned i = 0; i < warm_up; ++i) shard.take(shard.next_message());
  const auto& counters = shard.counters();
  const auto& cooled_down = counters.commands[static_cast<std::size_t>(bot::CommandOutcome::cooled_down)];
  const std::uint64_t messages_before = counters.messages;
  const std::uint64_t matched_before = counters.matched;
  const std::uint64_t cooled_down_before = cooled_down;
  for (unsigned i = 0; i < operations; ++i) {
    const std::string message = shard.next_message();
    const Counting counting;
    shard.take(message);
  }
  demand(counters.messages - messages_before == operations, "a message is missing");
  demand(counters.matched - matched_before == operations / 4, "each fourth is to match");
  demand(cooled_down - cooled_down_before == operations / 4, "and to be too early");
}

}  // namespace guildhall::bench
