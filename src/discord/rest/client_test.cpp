// The REST client against a fake Discord on a real socket.
#include "discord/rest/client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <future>

#include "discord/model/guild.hpp"
#include "discord/oauth/client.hpp"
#include "discord/rest/fake_discord.hpp"
#include "net/async/future.hpp"
#include "testing/log_capture.hpp"

namespace guildhall::discord {
namespace {

namespace asio = boost::asio;
using base::Errc;
using base::Secret;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using namespace std::chrono_literals;

constexpr ChannelId channel{100};
constexpr ApplicationId application{200};
const Secret interaction_token("aW50ZXJhY3Rpb246MTIz/+");

boost::json::object with_nonce() { return {{"content", "hello"}, {"nonce", "77"}, {"enforce_nonce", true}}; }

net::Task<> until_limited(RestClient& client) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  while (client.stats().limited_user == 0) {
    timer.expires_after(1ms);
    co_await timer.async_wait(asio::use_awaitable);
  }
}

/// Creates a message and cancels that at the first 429.
net::Task<> create_until_limited(RestClient& client) {
  using namespace asio::experimental::awaitable_operators;
  boost::json::object message = with_nonce();
  co_await (client.create_message(channel, std::move(message)) || until_limited(client));
}

class RestClientTest : public testing::Test {
 protected:
  RestClientTest() {
    logger_.attach(sink_);
    RestOptions options;
    options.max_attempts = 3;
    options.first_backoff = 10ms;
    options.max_backoff = 20ms;
    client_.emplace(RestClient::Parts{http_, discord_.url(), loops_.home(), base::Log(logger_, "discord"),
                                      Secret("bot.token"), options});
    thread_ = std::thread([this] { loops_.run(); });
  }
  ~RestClientTest() override {
    run(client_->close());
    run(http_.close());
    loops_.stop();
    thread_.join();
  }

  /// Runs on another loop than the client's.
  template <class T>
  net::Future<T> start(net::Task<T> task) {
    return net::start(loops_.executor(1), std::move(task));
  }
  template <class T>
  T run(net::Task<T> task) {
    return start(std::move(task)).get();
  }
  auto create(boost::json::object message) { return run(client_->create_message(channel, std::move(message))); }

  [[nodiscard]] std::uint64_t count(std::string_view route, std::string_view outcome) const {
    std::uint64_t sum = 0;
    for (const auto& answers : client_->stats().answers) {
      if (answers.route == route && answers.outcome == outcome) sum += answers.count;
    }
    return sum;
  }

  base::SystemClock clock_;
  std::shared_ptr<test::LogCapture> sink_ = std::make_shared<test::LogCapture>();
  base::Logger logger_{clock_, base::LogLevel::info};
  net::EventLoops loops_{2};
  FakeDiscord discord_{loops_, logger_};
  net::HttpClient http_{loops_.home(), {}};
  std::optional<RestClient> client_;
  std::thread thread_;
};

TEST_F(RestClientTest, SendsAMessage) {
  discord_.plan(200, R"({"id":"9"})");
  const auto made = create({{"content", "hello"}});
  ASSERT_TRUE(made);
  EXPECT_EQ(made->at("id"), "9");
  const auto requests = discord_.requests().front();
  EXPECT_EQ(requests.method, net::Method::post);
  EXPECT_EQ(requests.target, "/api/v10/channels/100/messages");
  EXPECT_EQ(requests.body, R"({"content":"hello"})");
  EXPECT_EQ(requests.headers.find("Authorization"), "Bot bot.token");
  EXPECT_EQ(requests.headers.find("Content-Type"), "application/json");
}

TEST_F(RestClientTest, NeverExceedsAKnownLimit) {
  discord_.limit({5, 150ms});
  std::vector<net::Future<base::Result<boost::json::object>>> made;
  for (int i = 0; i < 16; ++i) {
    for (const ChannelId id : {ChannelId{1}, ChannelId{2}}) {
      made.push_back(start(client_->create_message(id, {{"content", std::to_string(i)}})));
    }
  }
  for (auto& each : made) EXPECT_TRUE(each.get());
  EXPECT_EQ(discord_.limited(), 0U);
  EXPECT_GT(client_->stats().waits, 20U);
  EXPECT_EQ(client_->stats().buckets, 2U);
  EXPECT_EQ(client_->stats().queue_length, 0U);
}

TEST_F(RestClientTest, WaitsAsLongAsA429Says) {
  for (const auto* scope : {"user", "shared", "global"}) discord_.plan_429(scope, "0.06");
  const auto before = std::chrono::steady_clock::now();
  EXPECT_TRUE(create({{"content", "hello"}}));
  EXPECT_GE(std::chrono::steady_clock::now() - before, 180ms);
  const auto stats = client_->stats();
  EXPECT_EQ(stats.limited_user + stats.limited_global * 10 + stats.limited_shared * 100, 111U);
  EXPECT_EQ(stats.invalid_requests, 2U);
  EXPECT_EQ(stats.retries, 0U);
}

TEST_F(RestClientTest, ALimitBeyondThePatienceIsReportedWithRetryAfter) {
  discord_.plan_429("user", "30");
  const auto guilds = run(client_->current_user_guilds(Secret("theirs"), 2s));
  ASSERT_FALSE(guilds);
  EXPECT_EQ(guilds.error().code, Errc::rate_limited);
  EXPECT_GT(guilds.error().retry_after, 29s);
  EXPECT_EQ(client_->stats().given_up, 1U);
}

/// A page of guilds with the ids from `first` to `last`.
std::string page_of(int first, int last) {
  std::string page;
  for (int id = first; id <= last; ++id) {
    page += (id > first ? "," : "") + (R"({"id":")" + std::to_string(id)) + R"(","name":"x","permissions":"0"})";
  }
  return "[" + page + "]";
}

TEST_F(RestClientTest, ReadsAllPagesOfGuilds) {
  discord_.plan(200, page_of(1, 200));
  discord_.plan_429("user", "0.06");
  discord_.plan(200, page_of(201, 201));
  const auto guilds = run(client_->current_user_guilds(Secret("theirs"), 2s));
  ASSERT_TRUE(guilds);
  EXPECT_THAT(*guilds, SizeIs(201));
  EXPECT_EQ(discord_.requests().back().target, "/api/v10/users/@me/guilds?limit=200&after=200");
  EXPECT_EQ(discord_.requests().back().headers.find("Authorization"), "Bearer theirs");
}

TEST_F(RestClientTest, AShortPageIsNotTheLastPage) {
  for (const auto& page : {page_of(1, 199), page_of(201, 203), page_of(204, 204), page_of(0, -1)}) {
    discord_.plan(200, page);
  }
  EXPECT_THAT(*run(client_->current_user_guilds(1s)), SizeIs(203));
  EXPECT_EQ(discord_.requests().back().target, "/api/v10/users/@me/guilds?limit=200&after=204");

  // Of a person, only a page that may have been full.
  discord_.plan(200, page_of(1, 100));
  discord_.plan(200, page_of(101, 150));
  EXPECT_THAT(*run(client_->current_user_guilds(Secret("theirs"), 1s)), SizeIs(150));
  EXPECT_THAT(discord_.requests(), SizeIs(6));
}

TEST_F(RestClientTest, PagesThatBringNothingNewEndTheList) {
  for (int i = 0; i < 3; ++i) discord_.plan(200, page_of(1, 5));
  EXPECT_THAT(*run(client_->current_user_guilds(1s)), SizeIs(5));
  EXPECT_THAT(discord_.requests(), SizeIs(2));
}

TEST_F(RestClientTest, ABanStopsAllRequestsAndIsLoggedOnce) {
  discord_.plan(429, "<html><title>Access denied</title>error code: 1015</html>");
  const auto user = run(client_->current_user(Secret("theirs")));
  EXPECT_EQ(user.error().code, Errc::unavailable);
  EXPECT_GT(user.error().retry_after, 1min);
  EXPECT_EQ(run(client_->gateway_bot()).error().code, Errc::unavailable);
  OAuthClient oauth(client_->sender(), {"42", Secret("client-secret"), ""});
  EXPECT_EQ(run(oauth.exchange("code", "http://localhost/")).error().code, Errc::unavailable);
  EXPECT_THAT(discord_.requests(), SizeIs(1));
  EXPECT_THAT(sink_->messages(), ElementsAre(testing::AllOf(HasSubstr("from this address"), Not(HasSubstr("html")))));
}

TEST_F(RestClientTest, ALoginThatIsBannedStopsTheOthersToo) {
  discord_.plan(403, R"({"message":"internal network error","code":40333})");
  OAuthClient oauth(client_->sender(), {"42", Secret("client-secret"), ""});
  EXPECT_EQ(run(oauth.exchange("code", "http://localhost/")).error().code, Errc::unavailable);
  EXPECT_EQ(run(client_->current_user(Secret("theirs"))).error().code, Errc::unavailable);
  const auto request = discord_.requests().front();
  EXPECT_THAT(discord_.requests(), SizeIs(1));
  EXPECT_EQ(request.target, "/api/v10/oauth2/token");
  EXPECT_EQ(request.headers.find("Content-Type"), "application/x-www-form-urlencoded");
  EXPECT_THAT(request.body,
              HasSubstr("client_id=42&client_secret=client-secret&grant_type=authorization_code&code=code"));
}

TEST_F(RestClientTest, RetriesFailuresUpToTheMaximum) {
  discord_.plan_drop();
  discord_.plan(502, "");
  discord_.plan(200, R"({"id":"5","username":"ada"})");
  const Secret person("theirs");
  EXPECT_TRUE(run(client_->current_user(person)));
  EXPECT_EQ(client_->stats().retries, 2U);

  for (int i = 0; i < 3; ++i) discord_.plan(500, "");
  const auto failed = run(client_->current_user(person));
  EXPECT_EQ(failed.error().code, Errc::unavailable);
  EXPECT_THAT(discord_.requests(), SizeIs(6));
  EXPECT_EQ(count("/users/@me", "5xx"), 4U);
  EXPECT_EQ(count("/users/@me", "lost"), 1U);
}

TEST_F(RestClientTest, DoesNotRetryBeyondThePatience) {
  discord_.plan({503, {{"Retry-After", "60"}}, ""});
  const auto user = run(client_->current_user(Secret("theirs")));
  EXPECT_EQ(user.error().code, Errc::unavailable);
  EXPECT_EQ(user.error().retry_after, 60s);
}

TEST_F(RestClientTest, RetriesAMessageOnlyWithAnEnforcedNonce) {
  discord_.plan_drop();
  EXPECT_EQ(create({{"content", "hello"}, {"nonce", "77"}}).error().code, Errc::unavailable);
  EXPECT_THAT(discord_.requests(), SizeIs(1));
  discord_.plan_drop();
  EXPECT_TRUE(create(with_nonce()));
  EXPECT_THAT(discord_.requests(), SizeIs(3));
  EXPECT_EQ(discord_.requests()[1].body, discord_.requests()[2].body);
}

TEST_F(RestClientTest, ReportsDiscordsErrorCode) {
  discord_.plan(403, R"({"message":"Missing Permissions","code":50013})");
  const auto made = create(with_nonce());
  EXPECT_EQ(made.error().code, Errc::forbidden);
  EXPECT_EQ(discord_code(made.error()), ErrorCode::missing_permissions);
  EXPECT_EQ(client_->stats().invalid_requests, 1U);
}

TEST_F(RestClientTest, SendsAMessageAgainWithoutWhatDiscordRefuses) {
  const std::string refusal = R"({"code":50035,"message":"Invalid Form Body","errors":{"embeds":{"0":{"url":
      {"_errors":[{"code":"URL_TYPE_INVALID_URL","message":"Not a well formed URL."}]}}}}})";
  boost::json::object message = with_nonce();
  message["embeds"] = {{{"title", "T"}, {"url", "?"}}};
  discord_.plan(400, refusal);
  discord_.plan(200, R"({"id":"9"})");
  RefusedParts left_out;
  EXPECT_TRUE(run(client_->create_message(channel, message, &left_out)));
  EXPECT_THAT(left_out, ElementsAre(RefusedPart{"/embeds/0/url", "Not a well formed URL. (URL_TYPE_INVALID_URL)"}));
  ASSERT_THAT(discord_.requests(), SizeIs(2));
  EXPECT_EQ(discord_.requests().back().body,
            R"({"content":"hello","nonce":"77","enforce_nonce":true,"embeds":[{"title":"T"}]})");

  // Unless the caller wants to know of it.
  discord_.plan(400, refusal);
  EXPECT_EQ(discord_code(create(message).error()), ErrorCode::invalid_form_body);
  EXPECT_THAT(discord_.requests(), SizeIs(3));
}

TEST_F(RestClientTest, RepairsAMessageOnlySoManyTimes) {
  boost::json::object response{{"type", 4}, {"data", boost::json::object{{"content", "x"}}}};
  for (int i = 0; i < 5; ++i) response["data"].as_object()["embeds"] = boost::json::array(5, {{"title", "T"}});
  for (int i = 0; i < 5; ++i) {
    discord_.plan(400, R"({"code":50035,"errors":{"data":{"embeds":{"0":{"_errors":[{"message":"No."}]}}}}})");
  }
  RefusedParts left_out;
  const auto responded =
      run(client_->respond_to_interaction(InteractionId{300}, interaction_token, response, &left_out));
  EXPECT_EQ(discord_code(responded.error()), ErrorCode::invalid_form_body);
  EXPECT_THAT(discord_.requests(), SizeIs(1 + RestRequest::max_repairs));
  EXPECT_THAT(left_out, SizeIs(RestRequest::max_repairs));
}

TEST_F(RestClientTest, RespondsToAnInteractionWithoutAuthorization) {
  discord_.plan(204, "");
  EXPECT_TRUE(run(client_->respond_to_interaction(InteractionId{300}, interaction_token, {{"type", 5}})));
  const auto requests = discord_.requests().front();
  EXPECT_EQ(requests.target, "/api/v10/interactions/300/aW50ZXJhY3Rpb246MTIz%2F%2B/callback");
  EXPECT_FALSE(requests.headers.find("Authorization"));
}

TEST_F(RestClientTest, AlreadyAcknowledgedAfterALostAttemptIsSuccess) {
  const std::string acknowledged = R"({"message":"Interaction has already been acknowledged.","code":40060})";
  discord_.plan_drop();
  discord_.plan(400, acknowledged);
  EXPECT_TRUE(run(client_->respond_to_interaction(InteractionId{300}, interaction_token, {{"type", 5}})));

  discord_.plan(400, acknowledged);
  const auto twice = run(client_->respond_to_interaction(InteractionId{300}, interaction_token, {{"type", 5}}));
  EXPECT_EQ(discord_code(twice.error()), ErrorCode::interaction_already_acknowledged);
}

TEST_F(RestClientTest, ReturnsTheMessageOfAResponse) {
  discord_.plan(200, R"({"interaction":{"id":"300"},"resource":{"type":4,"message":{"id":"77"}}})");
  const auto shown = run(client_->respond_with_message(InteractionId{300}, interaction_token, {{"type", 4}}));
  EXPECT_EQ(boost::json::serialize(shown.value()), R"({"id":"77"})");
  EXPECT_TRUE(discord_.requests().front().target.ends_with("/callback?with_response=true"));
  discord_.plan(204, "");
  EXPECT_TRUE(run(client_->respond_with_message(InteractionId{300}, interaction_token, {{"type", 4}}))->empty());
}

TEST_F(RestClientTest, ReadsEditsAndDeletesFollowUpsById) {
  EXPECT_TRUE(run(client_->interaction_message(application, interaction_token)));
  EXPECT_TRUE(run(client_->interaction_message(application, interaction_token, MessageId{77})));
  EXPECT_TRUE(
      run(client_->edit_interaction_response(application, interaction_token, {{"content", "a"}}, MessageId{77})));
  EXPECT_TRUE(run(client_->delete_interaction_response(application, interaction_token, MessageId{77})));
  const auto requests = discord_.requests();
  ASSERT_THAT(requests, SizeIs(4));
  const std::string messages = "/api/v10/webhooks/200/aW50ZXJhY3Rpb246MTIz%2F%2B/messages/";
  EXPECT_EQ(requests[0].target, messages + "@original");
  EXPECT_EQ(requests[0].method, net::Method::get);
  for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(requests[i].target, messages + "77");
  EXPECT_EQ(requests[2].method, net::Method::patch);
  EXPECT_EQ(requests[3].method, net::Method::delete_);
}

TEST_F(RestClientTest, EditsDeletesAndFollowsUp) {
  EXPECT_TRUE(run(client_->edit_interaction_response(application, interaction_token, {{"content", "a"}})));
  EXPECT_TRUE(run(client_->follow_up(application, interaction_token, {{"content", "b"}})));
  discord_.plan(404, R"({"message":"Unknown Message","code":10008})");
  EXPECT_TRUE(run(client_->delete_interaction_response(application, interaction_token)));
  discord_.plan_drop();
  EXPECT_FALSE(run(client_->follow_up(application, interaction_token, {{"content", "c"}})));
  const auto requests = discord_.requests();
  ASSERT_THAT(requests, SizeIs(4));
  const std::string webhook = "/api/v10/webhooks/200/aW50ZXJhY3Rpb246MTIz%2F%2B";
  EXPECT_EQ(requests[0].target, webhook + "/messages/@original");
  EXPECT_EQ(requests[0].method, net::Method::patch);
  EXPECT_EQ(requests[1].target, webhook);
  EXPECT_EQ(requests[2].method, net::Method::delete_);
}

TEST_F(RestClientTest, EditsAndDeletesAMessageWithAReason) {
  EXPECT_TRUE(run(client_->edit_message(channel, MessageId{4}, {{"content", "b"}})));
  discord_.plan(404, R"({"message":"Unknown Message","code":10008})");
  std::string reason = "sp\xC3\xA4m\r\n";
  for (int i = 0; i < 600; ++i) reason += "x";
  EXPECT_TRUE(run(client_->delete_message(channel, MessageId{4}, reason)));
  const auto requests = discord_.requests();
  EXPECT_EQ(requests[0].method, net::Method::patch);
  EXPECT_FALSE(requests[0].headers.find("X-Audit-Log-Reason"));
  EXPECT_EQ(requests[1].target, "/api/v10/channels/100/messages/4");
  EXPECT_EQ(requests[1].headers.find("X-Audit-Log-Reason"), "sp%C3%A4m%0D%0A" + std::string(506, 'x'));
}

TEST_F(RestClientTest, CallsTheBotsEndpoints) {
  discord_.plan(200, R"({"url":"wss://gateway.discord.gg","shards":2,
    "session_start_limit":{"total":1000,"remaining":999,"reset_after":14400000,"max_concurrency":1}})");
  const auto gateway = run(client_->gateway_bot());
  ASSERT_TRUE(gateway);
  EXPECT_EQ(gateway->shards, 2U);
  EXPECT_EQ(gateway->session_start_limit.reset_after, 4h);
  discord_.plan(200, R"({"user":{"id":"5","username":"ada"},"roles":["6"]})");
  EXPECT_THAT(run(client_->guild_member(base::GuildId{1}, base::UserId{5}))->roles, ElementsAre(DiscordRoleId{6}));
  discord_.plan(200, R"([{"name":"ping"}])");
  EXPECT_THAT(*run(client_->global_commands(application)), SizeIs(1));
  discord_.plan(200, "[]");
  EXPECT_TRUE(run(client_->overwrite_global_commands(application, {boost::json::object{{"name", "ping"}}})));
  EXPECT_EQ(discord_.requests().back().body, R"([{"name":"ping"}])");
  discord_.plan(200, "[]");
  EXPECT_EQ(run(client_->gateway_bot()).error().code, Errc::bad_upstream);
}

TEST_F(RestClientTest, ARefusedBotTokenIsNotUsedAgain) {
  discord_.plan(401, R"({"message":"401: Unauthorized","code":0})");
  EXPECT_EQ(run(client_->gateway_bot()).error().code, Errc::unauthenticated);
  EXPECT_EQ(create(with_nonce()).error().code, Errc::unauthenticated);
  EXPECT_THAT(discord_.requests(), SizeIs(1));
  EXPECT_THAT(sink_->messages(), ElementsAre(HasSubstr("DISCORD_BOT_TOKEN")));
  // Other tokens are not affected.
  discord_.plan(200, R"({"id":"5","username":"ada"})");
  EXPECT_TRUE(run(client_->current_user(Secret("theirs"))));
}

TEST_F(RestClientTest, ARefusedAccessTokenAffectsNobodyElse) {
  discord_.plan(401, R"({"message":"401: Unauthorized","code":0})");
  EXPECT_EQ(run(client_->current_user(Secret("ended"))).error().code, Errc::unauthenticated);
  discord_.plan(200, R"({"id":"5","username":"ada"})");
  EXPECT_TRUE(run(client_->current_user(Secret("theirs"))));
  EXPECT_TRUE(create(with_nonce()));
  EXPECT_THAT(sink_->messages(), SizeIs(0));
}

TEST_F(RestClientTest, ErrorsContainNoTokens) {
  discord_.plan(404, R"({"message":"Unknown Webhook aW50ZXJhY3Rpb246MTIz/+","code":10015})");
  const auto gone = run(client_->follow_up(application, interaction_token, {{"content", "c"}}));
  EXPECT_THAT(gone.error().message, Not(HasSubstr("aW50")));
  discord_.plan_drop();
  const auto lost = run(client_->follow_up(application, interaction_token, {{"content", "c"}}));
  EXPECT_THAT(lost.error().message, Not(HasSubstr("aW50")));
  for (const auto& answers : client_->stats().answers) EXPECT_THAT(std::string(answers.route), Not(HasSubstr("aW50")));
}

TEST_F(RestClientTest, CloseEndsWaitingRequests) {
  discord_.plan_429("user", "100");
  auto made = start(client_->create_message(channel, with_nonce()));
  while (client_->stats().limited_user == 0) std::this_thread::yield();
  EXPECT_EQ(made.wait_for(0s), std::future_status::timeout);
  run(client_->close());
  EXPECT_EQ(made.get().error().code, Errc::unavailable);
  EXPECT_EQ(create(with_nonce()).error().code, Errc::unavailable);
}

TEST_F(RestClientTest, ACancelledRequestLeavesTheQueue) {
  discord_.plan_429("user", "100");
  run(create_until_limited(*client_));
  while (client_->stats().queue_length > 0) std::this_thread::yield();
  EXPECT_EQ(client_->stats().queue_bytes, 0U);
}

TEST_F(RestClientTest, WithoutABotTokenNothingIsSent) {
  RestClient client({http_, discord_.url(), loops_.home(), base::Log(logger_, "discord"), Secret()});
  EXPECT_EQ(run(client.gateway_bot()).error().code, Errc::unauthenticated);
  EXPECT_THAT(discord_.requests(), SizeIs(0));
}

}  // namespace
}  // namespace guildhall::discord
