#include "sim/rest/api.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>

#include "net/async/future.hpp"
#include "sim/demo_world_ids.hpp"
#include "sim/world/world_json.hpp"
#include "testing/fake_clock.hpp"

namespace guildhall::sim {
namespace {

using namespace std::chrono_literals;
using net::Method;

using demo::ada;
const std::string as_bot = "Bot MTE1MDAwMDAwMDAwMDAwMDAwMA.demo.bot-token";
const std::string redirect = "http://localhost/cb";

class ApiTest : public testing::Test {
 protected:
  net::Response ask(Method method, std::string target, std::string_view authorization = {}, std::string form = {},
                    std::string_view type = "application/x-www-form-urlencoded") {
    net::Request request;
    request.method = method;
    request.target = std::move(target);
    request.client = boost::asio::ip::make_address("127.0.0.1");
    if (!authorization.empty()) request.headers.add("Authorization", authorization);
    if (!form.empty()) request.headers.add("Content-Type", type);
    request.body = std::move(form);
    boost::asio::io_context loop;
    auto answer = net::start(loop.get_executor(), api.handle(request));
    loop.run();
    return answer.get();
  }
  net::Response get(std::string path, std::string_view authorization = {}) {
    return ask(Method::get, "/api/v10" + path, authorization);
  }
  std::string as_ada(Scopes scopes) {
    const auto client = sim.world.application.id;
    const auto code = sim.grants.issue_code(client, ada, redirect, std::move(scopes));
    return "Bearer " + sim.grants.redeem_code(client, code, redirect)->access_token;
  }
  static boost::json::value json(const net::Response& response) { return boost::json::parse(response.payload()); }
  static std::string message(const net::Response& response) {
    return std::string(json(response).at("message").as_string());
  }

  test::FakeClock clock{base::Timestamp{std::chrono::milliseconds(1'700'000'000'000)}};
  Simulation sim{demo_world(), clock};
  Api api{sim};
};

TEST_F(ApiTest, TellsAPersonAboutThemselvesAsFarAsTheScopesGo) {
  const auto without_email = json(get("/users/@me", as_ada({"identify"})));
  EXPECT_EQ(without_email.at("id"), "2000000000000000001");
  EXPECT_FALSE(without_email.as_object().contains("email"));

  EXPECT_EQ(json(get("/users/@me", as_ada({"identify", "email"}))).at("email"), "ada@example.com");

  const auto refused = get("/users/@me", as_ada({"guilds"}));
  EXPECT_EQ(refused.status, 403U);
  EXPECT_EQ(json(refused).at("code"), 50026);
}

TEST_F(ApiTest, KnowsNobodyByAWrongToken) {
  for (const std::string_view wrong : {"", "Bearer wrong", "Bot wrong", "Bearer", "Basic Og=="}) {
    const auto refused = get("/users/@me", wrong);
    EXPECT_EQ(refused.status, 401U) << wrong;
    EXPECT_EQ(refused.body, R"({"message":"401: Unauthorized","code":0})");
  }
  EXPECT_EQ(get("/guilds/3000000000000000001", as_ada({"guilds"})).status, 401U) << "a route for bots";
  EXPECT_EQ(get("/oauth2/@me", as_bot).status, 401U) << "a route for people";
}

TEST_F(ApiTest, ShowsEachTheirGuilds) {
  const auto of_ada = json(get("/users/@me/guilds", as_ada({"guilds"}))).as_array();
  ASSERT_EQ(of_ada.size(), 1U);
  EXPECT_EQ(of_ada[0].at("owner"), true);
  EXPECT_FALSE(of_ada[0].as_object().contains("approximate_member_count"));

  const auto of_bot = json(get("/users/@me/guilds?with_counts=true", as_bot)).as_array();
  ASSERT_EQ(of_bot.size(), 2U);
  EXPECT_EQ(of_bot[0].at("owner"), false);
  EXPECT_EQ(of_bot[0].at("approximate_member_count"), 4);
}

TEST_F(ApiTest, ShowsTheBotTheGuildsThatItIsInAndNoOther) {
  EXPECT_EQ(json(get("/guilds/3000000000000000001", as_bot)).at("name"), "Ada's Workshop");
  const auto without_bot = get("/guilds/3000000000000000003", as_bot);
  EXPECT_EQ(without_bot.status, 404U);
  EXPECT_EQ(without_bot.body, R"({"message":"Unknown Guild","code":10004})");
  EXPECT_EQ(get("/guilds/nonsense", as_bot).status, 400U);
}

TEST_F(ApiTest, HoldsALimitForEachTokenAndRoute) {
  const auto token = as_ada({"identify", "guilds"});
  const auto first = get("/users/@me/guilds", token);
  EXPECT_EQ(first.status, 200U);
  EXPECT_EQ(first.headers.find("X-RateLimit-Limit"), "1");
  EXPECT_EQ(first.headers.find("X-RateLimit-Remaining"), "0");
  EXPECT_EQ(first.headers.find("X-RateLimit-Reset"), "1700000001.000");
  EXPECT_EQ(first.headers.find("X-RateLimit-Reset-After"), "1.000");

  clock.advance(700ms);
  const auto second = get("/users/@me/guilds", token);
  EXPECT_EQ(second.status, 429U);
  EXPECT_EQ(second.body, R"({"message":"You are being rate limited.","retry_after":0.300,"global":false,"code":0})");
  EXPECT_EQ(second.headers.find("Retry-After"), "1");
  EXPECT_EQ(second.headers.find("X-RateLimit-Scope"), "user");
  EXPECT_EQ(second.headers.find("X-RateLimit-Bucket"), first.headers.find("X-RateLimit-Bucket"));

  EXPECT_EQ(get("/users/@me", token).status, 200U) << "another route";
  EXPECT_EQ(get("/users/@me/guilds", as_ada({"guilds"})).status, 200U) << "another token";
  clock.advance(300ms);
  EXPECT_EQ(get("/users/@me/guilds", token).status, 200U) << "a new window";
}

TEST_F(ApiTest, HoldsALimitOverAllRoutes) {
  sim.world.rate_limits.global = {2, 1000ms};
  EXPECT_EQ(get("/users/@me", as_bot).status, 200U);
  EXPECT_EQ(get("/guilds/3000000000000000001", as_bot).status, 200U);
  const auto third = get("/applications/@me", as_bot);
  EXPECT_EQ(third.status, 429U);
  EXPECT_EQ(third.headers.find("X-RateLimit-Global"), "true");
  EXPECT_EQ(third.headers.find("X-RateLimit-Scope"), "global");
  EXPECT_EQ(get("/users/@me", as_ada({"identify"})).status, 200U) << "others are not held up";
}

TEST_F(ApiTest, AGuildIsALimitOfItsOwn) {
  sim.world.rate_limits.rules = {{Bucket::guild, std::nullopt, {1, 1000ms}}};
  EXPECT_EQ(get("/guilds/3000000000000000001", as_bot).status, 200U);
  EXPECT_EQ(get("/guilds/3000000000000000002", as_bot).status, 200U);
  EXPECT_EQ(get("/guilds/3000000000000000001", as_bot).status, 429U);
}

TEST_F(ApiTest, KnowsTheVersionsThatDiscordServes) {
  for (const auto* path : {"/api/users/@me", "/api/v9/users/@me", "/api/v10/users/@me"}) {
    EXPECT_EQ(ask(Method::get, path, as_bot).status, 200U) << path;
  }
  EXPECT_EQ(json(ask(Method::get, "/api/v3/users/@me", as_bot)).at("code"), 50041);
  EXPECT_EQ(message(get("/nowhere", as_bot)), "404: Not Found. discord-sim does not have GET /api/v10/nowhere.");
  const auto wrong_method = ask(Method::delete_, "/api/v10/users/@me", as_bot);
  EXPECT_EQ(wrong_method.status, 405U);
  EXPECT_EQ(wrong_method.headers.find("Allow"), "GET, HEAD, PATCH, OPTIONS");
}

TEST_F(ApiTest, FaultsComeBeforeTheRoute) {
  Fault fault;
  fault.route = "/users/@me";
  fault.status = 503;
  fault.headers.add("X-Test", "1");
  ASSERT_TRUE(sim.faults.add(fault));
  const auto faulty = get("/users/@me");
  EXPECT_EQ(faulty.status, 503U);
  EXPECT_EQ(faulty.headers.find("X-Test"), "1");
  EXPECT_EQ(get("/users/@me", as_bot).status, 200U);

  Fault header_only;
  header_only.headers.add("X-Test", "2");
  ASSERT_TRUE(sim.faults.add(header_only));
  const auto right = get("/users/@me", as_bot);
  EXPECT_EQ(right.status, 200U);
  EXPECT_EQ(right.headers.find("X-Test"), "2");
}

TEST_F(ApiTest, KeepsAJournal) {
  (void)get("/users/@me/guilds?limit=2", as_bot);
  (void)get("/nowhere");
  const auto& requests = sim.journal.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].route, "/users/@me/guilds");
  EXPECT_EQ(requests[0].target, "/api/v10/users/@me/guilds?limit=2");
  EXPECT_EQ(requests[0].status, 200U);
  EXPECT_EQ(requests[0].headers.find("Authorization"), as_bot);
  EXPECT_EQ(requests[1].route, "");
  EXPECT_EQ(requests[1].status, 404U);
}

TEST_F(ApiTest, ExchangesACodeForTokens) {
  const auto code = sim.grants.issue_code(sim.world.application.id, ada, redirect, {"identify"});
  const std::string form =
      "grant_type=authorization_code&client_id=1150000000000000000"
      "&client_secret=demo-client-secret&redirect_uri=http%3A%2F%2Flocalhost%2Fcb&code=" +
      code;
  const auto tokens = ask(Method::post, "/api/v10/oauth2/token", {}, form);
  ASSERT_EQ(tokens.status, 200U) << tokens.body;
  EXPECT_EQ(tokens.headers.find("Cache-Control"), "no-store");
  EXPECT_EQ(json(tokens).at("scope"), "identify");
  EXPECT_EQ(json(tokens).at("expires_in"), 604800);
  const auto token = "Bearer " + std::string(json(tokens).at("access_token").as_string());
  EXPECT_EQ(json(get("/oauth2/@me", token)).at_pointer("/user/username"), "ada");

  const auto again = ask(Method::post, "/api/v10/oauth2/token", {}, form);
  EXPECT_EQ(again.status, 400U);
  EXPECT_EQ(again.body, R"({"error":"invalid_grant","error_description":"Invalid \"code\" in request."})");
}

TEST_F(ApiTest, TheTokenRouteTakesNothingButForms) {
  net::Response refused =
      ask(Method::post, "/api/v10/oauth2/token", {}, "grant_type=refresh_token", "application/json");
  EXPECT_EQ(refused.status, 400U);
  EXPECT_EQ(json(refused).at("error"), "unsupported_grant_type");
  refused = ask(Method::post, "/api/v10/oauth2/token", {}, "grant_type=refresh_token&refresh_token=a&refresh_token=b");
  EXPECT_EQ(json(refused).at("error"), "invalid_request");
  refused = ask(Method::post, "/api/v10/oauth2/token", {}, "grant_type=refresh_token&refresh_token=a");
  EXPECT_EQ(refused.status, 401U);
  EXPECT_EQ(json(refused).at("error"), "invalid_client");
}

TEST(FindRoutePattern, DoesNotMindHowParametersAreCalled) {
  EXPECT_EQ(find_route_pattern("/guilds/:guild_id"), "/guilds/:guild_id");
  EXPECT_EQ(find_route_pattern("/guilds/{guild.id}"), "/guilds/:guild_id");
  EXPECT_EQ(find_route_pattern("/guilds/:id"), "/guilds/:guild_id");
  EXPECT_EQ(find_route_pattern("/guilds"), std::nullopt);
  EXPECT_EQ(find_route_pattern("/nowhere"), std::nullopt);
}

}  // namespace
}  // namespace guildhall::sim
