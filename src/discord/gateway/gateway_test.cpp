// The gateway against a fake one on a real socket.
#include "discord/gateway/gateway.hpp"

#include <gmock/gmock.h>

#include <thread>

#include "discord/gateway/fake_gateway.hpp"
#include "net/async/future.hpp"
#include "testing/event_queue.hpp"

namespace guildhall::discord {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A store in memory; used on one event loop.
class MemoryStore final : public GatewaySessionStore {
 public:
  net::Task<std::vector<SavedSession>> load(std::string) override { co_return sessions; }
  net::Task<> save(std::string, std::vector<SavedSession> saved) override {
    sessions = std::move(saved);
    co_return;
  }
  net::Task<std::vector<base::Timestamp>> identifies(std::string, base::Timestamp) override { co_return starts; }
  net::Task<> add_identify(std::string, base::Timestamp at, base::Timestamp) override {
    if (away) throw std::runtime_error("away");
    starts.push_back(at);
    co_return;
  }

  std::vector<SavedSession> sessions;
  std::vector<base::Timestamp> starts;
  bool away = false;
};

/// Records the dispatched events.
class RecordingListener final : public GatewayListener {
 public:
  void on_dispatch(const Dispatch& dispatch) override {
    events.add(std::to_string(dispatch.shard) + " " + std::string(dispatch.name) + " " +
               (dispatch.name == "READY" ? "" : std::string(dispatch.data)));
  }
  void on_shards_ready(unsigned shards) override { events.add("all " + std::to_string(shards)); }
  [[nodiscard]] std::optional<std::uint64_t> first_unhandled(unsigned) const override { return unhandled; }

  std::optional<std::uint64_t> unhandled;  ///< Set before the gateway starts.
  test::EventQueue events;
};

class GatewayTest : public ::testing::Test {
 protected:
  GatewayTest() : discord_(loops_, base::Log(logger_, "test")) {
    options_.token = base::Secret("secret");
    options_.intents = Intents::guilds | Intents::message_content;
    bot_.url = discord_.url();
    bot_.session_start_limit = {1000, 1000, 24h, 1};
    thread_ = std::thread([this] { loops_.run(); });
  }
  ~GatewayTest() override {
    if (gateway_) stop();
    loops_.stop();
    thread_.join();
  }

  /// Runs `action` on the event loop and returns its result.
  template <class Action>
  auto on_loop(Action action) {
    return net::start(loops_.home(), perform(std::move(action))).get();
  }
  template <class Action>
  static net::Task<decltype(std::declval<Action>()())> perform(Action action) {
    co_return action();
  }
  template <class Question>
  bool eventually(Question question) {
    for (const auto end = std::chrono::steady_clock::now() + 20s; std::chrono::steady_clock::now() < end;) {
      if (on_loop(question)) return true;
      std::this_thread::sleep_for(2ms);
    }
    return false;
  }

  void start() {
    const auto fetch = [this]() -> net::Task<base::Result<GatewayBot>> { return fetched(this); };
    gateway_.emplace(loops_.home(), options_, fetch, store_, listener_, clock_, base::Log(logger_, "gateway"));
    running_ = net::start(loops_.home(), gateway_->run());
  }
  static net::Task<base::Result<GatewayBot>> fetched(GatewayTest* self) {
    if (self->fetch_failures_ > 0) {
      --self->fetch_failures_;
      co_return base::Error{base::Errc::unavailable, "No route.", "", 1ms};
    }
    if (self->refuse_token_) co_return base::Error{base::Errc::unauthenticated, "401"};
    co_return self->bot_;
  }
  void stop() {
    net::start(loops_.home(), gateway_->stop()).get();
    running_.get();
  }
  /// Stops in good order and starts again.
  void restart() {
    stop();
    net::start(loops_.home(), gateway_->save_sessions()).get();
    gateway_.reset();
    start();
  }
  void emit(const std::string& name, const std::string& data) {
    on_loop([&] {
      discord_.emit(0, name, data);
      return 0;
    });
  }

  base::SystemClock clock_;
  base::Logger logger_{clock_, base::LogLevel::error};
  net::EventLoops loops_{1};
  test_support::FakeGateway discord_;
  GatewayOptions options_;
  GatewayBot bot_;
  int fetch_failures_ = 0;
  bool refuse_token_ = false;
  MemoryStore store_;
  RecordingListener listener_;
  std::optional<Gateway> gateway_;
  net::Future<void> running_;
  std::thread thread_;
};

TEST_F(GatewayTest, ConnectsIdentifiesAndDispatches) {
  fetch_failures_ = 1;
  start();
  EXPECT_THAT(listener_.events.next(2), ElementsAre("0 READY ", "all 1"));
  emit("MESSAGE_CREATE", R"({"content":"hi"})");
  EXPECT_EQ(listener_.events.next(), R"(0 MESSAGE_CREATE {"content":"hi"})");
  EXPECT_EQ(gateway_->health().state, GatewayHealth::State::ready);
  EXPECT_THAT(discord_.targets, ElementsAre("/?v=10&encoding=json&compress=zstd-stream"));
  const auto stats = gateway_->stats();
  EXPECT_EQ(stats.identifies, 1U);
  EXPECT_EQ(stats.session_starts_24h, 1U);
  EXPECT_EQ(stats.dispatches.at("MESSAGE_CREATE"), 1U);
  EXPECT_EQ(store_.starts.size(), 1U);
}

TEST_F(GatewayTest, WorksWithoutCompression) {
  options_.compression = GatewayCompression::none;
  start();
  EXPECT_THAT(listener_.events.next(2), ElementsAre("0 READY ", "all 1"));
}

TEST_F(GatewayTest, ALostConnectionLosesNoEvents) {
  start();
  listener_.events.next(2);
  emit("A", "1");
  on_loop([&] {
    discord_.drop_all();
    discord_.emit(0, "B", "2");
    return 0;
  });
  EXPECT_THAT(listener_.events.next(4), ElementsAre("0 A 1", "0 B 2", "0 RESUMED null", "all 1"));
  emit("C", "3");
  EXPECT_EQ(listener_.events.next(), "0 C 3");
  EXPECT_EQ(discord_.identifies.size(), 1U);
  EXPECT_EQ(discord_.targets.back(), "/resume?v=10&encoding=json&compress=zstd-stream");
  EXPECT_EQ(gateway_->stats().resumes, 1U);
}

TEST_F(GatewayTest, ARestartResumesWithoutIdentify) {
  start();
  listener_.events.next(2);
  emit("A", "1");
  EXPECT_EQ(listener_.events.next(), "0 A 1");
  restart();
  emit("B", "2");
  EXPECT_EQ(on_loop([&] { return discord_.identifies.size(); }), 1U);
  std::vector<std::string> events = listener_.events.next(3);
  EXPECT_THAT(events, ::testing::IsSupersetOf({"0 B 2", "0 RESUMED null"}));
  EXPECT_EQ(discord_.resumes.at(0).at("seq"), 2) << "READY and A";
}

TEST_F(GatewayTest, UnhandledEventsAreReceivedAgainAfterARestart) {
  listener_.unhandled = 3;
  start();
  listener_.events.next(2);
  for (const auto* name : {"A", "B", "C"}) emit(name, "0");
  EXPECT_THAT(listener_.events.next(3), ElementsAre("0 A 0", "0 B 0", "0 C 0"));
  restart();
  EXPECT_THAT(listener_.events.next(2), ElementsAre("0 B 0", "0 C 0"));
  EXPECT_EQ(discord_.resumes.at(0).at("seq"), 2) << "READY and A";
}

TEST_F(GatewayTest, SessionsWithOtherIntentsAreNotResumed) {
  start();
  listener_.events.next(2);
  options_.intents = Intents::guilds;
  restart();
  EXPECT_THAT(listener_.events.next(2), ElementsAre("0 READY ", "all 1"));
  EXPECT_THAT(discord_.resumes, IsEmpty());
}

TEST_F(GatewayTest, ANewSessionIsSavedSoon) {
  start();
  listener_.events.next(2);
  ASSERT_TRUE(eventually([&] { return !store_.sessions.empty(); }));
  EXPECT_EQ(store_.sessions.at(0).point.session_id, "session-0");
  EXPECT_EQ(store_.sessions.at(0).point.sequence, 1U);
}

TEST_F(GatewayTest, AnUnacknowledgedHeartbeatReconnects) {
  discord_.interval = 100;
  discord_.acknowledge = false;
  start();
  listener_.events.next(2);
  EXPECT_THAT(listener_.events.next(2), ElementsAre("0 RESUMED null", "all 1"));
  EXPECT_GE(discord_.heartbeats, 1U);
}

TEST_F(GatewayTest, ShardsStartConcurrentlyIfDiscordAllowsIt) {
  bot_.shards = 2;
  bot_.session_start_limit.max_concurrency = 2;
  start();
  EXPECT_THAT(listener_.events.next(3), ::testing::UnorderedElementsAre("0 READY ", "1 READY ", "all 2"));
  EXPECT_EQ(gateway_->guild_shard(base::GuildId{(7U << 22) + 5}), 1U);
  EXPECT_EQ(gateway_->guild_shard(base::GuildId{(8U << 22) + 5}), 0U);
}

TEST_F(GatewayTest, AFixedNumberOfShards) {
  options_.shards = 1;
  bot_.shards = 7;
  start();
  EXPECT_THAT(listener_.events.next(2), ElementsAre("0 READY ", "all 1"));
}

TEST_F(GatewayTest, APermanentRefusalIsNotRetried) {
  discord_.refuse_with = 4014;
  start();
  ASSERT_TRUE(eventually([&] { return gateway_->health().state == GatewayHealth::State::failed; }));
  EXPECT_THAT(gateway_->health().reason, HasSubstr("switch on Message Content Intent"));
  EXPECT_EQ(gateway_->stats().shards.at(0).state, ShardState::failed);
  EXPECT_EQ(discord_.identifies.size(), 1U);
}

TEST_F(GatewayTest, ATokenRefusedByRestIsNotTried) {
  refuse_token_ = true;
  start();
  ASSERT_TRUE(eventually([&] { return gateway_->health().state == GatewayHealth::State::failed; }));
  EXPECT_THAT(gateway_->health().reason, HasSubstr("DISCORD_BOT_TOKEN"));
  EXPECT_THAT(discord_.targets, IsEmpty());
}

TEST_F(GatewayTest, TheIdentifyBudgetIsRespected) {
  store_.starts.assign(500, clock_.now() - 1h);
  start();
  ASSERT_TRUE(eventually([&] { return !gateway_->stats().shards.empty() && !gateway_->health().reason.empty(); }));
  ASSERT_TRUE(eventually([&] { return gateway_->health().reason.find("24 hours") != std::string::npos; }));
  EXPECT_THAT(gateway_->health().reason, HasSubstr("Shard 0 is queued. Too many sessions"));
  EXPECT_THAT(discord_.targets, IsEmpty());
}

TEST_F(GatewayTest, AnUnavailableStoreDoesNotPreventConnecting) {
  store_.away = true;
  start();
  EXPECT_THAT(listener_.events.next(2), ElementsAre("0 READY ", "all 1"));
}

TEST_F(GatewayTest, CommandsAreSentToTheGuildsShard) {
  start();
  listener_.events.next(2);
  on_loop([&] {
    gateway_->set_presence(Presence{});
    EXPECT_TRUE(gateway_->request_members({base::GuildId{5}}));
    return 0;
  });
  ASSERT_TRUE(eventually([&] { return discord_.others.size() == 2; }));
  EXPECT_EQ(discord_.others[0].at("op"), 3);
  EXPECT_EQ(discord_.others[1].at("op"), 8);
}

TEST_F(GatewayTest, NothingIsDispatchedAfterStop) {
  start();
  listener_.events.next(2);
  stop();
  emit("A", "1");
  EXPECT_TRUE(listener_.events.empty());
  EXPECT_EQ(gateway_->health().state, GatewayHealth::State::stopped);
  gateway_.reset();
}

}  // namespace
}  // namespace guildhall::discord
