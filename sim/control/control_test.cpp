#include "sim/control/control.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "sim/world/world_json.hpp"
#include "testing/fake_clock.hpp"

namespace guildhall::sim {
namespace {

using net::Method;

class ControlTest : public testing::Test {
 protected:
  net::Response ask(Method method, std::string target, std::string body = {}) {
    net::Request request;
    request.method = method;
    request.target = std::move(target);
    request.body = std::move(body);
    return control.handle(request);
  }
  static boost::json::value json(const net::Response& response) { return boost::json::parse(response.payload()); }

  test::FakeClock clock;
  Simulation sim{demo_world(), clock};
  Control control{sim};
};

TEST_F(ControlTest, APersonComesChangesAndGoes) {
  const auto made = ask(Method::post, "/sim/people", R"({"username": "margaret", "email": "m@example.com"})");
  ASSERT_EQ(made.status, 201U) << made.body;
  const std::string id(json(made).at("id").as_string());
  EXPECT_TRUE(UserId::parse(id));

  const auto changed = ask(Method::patch, "/sim/people/" + id, R"({"globalName": "Margaret", "email": null})");
  EXPECT_EQ(json(changed).at("globalName"), "Margaret");
  EXPECT_EQ(json(changed).at("username"), "margaret") << "what is not named stays";
  EXPECT_TRUE(json(changed).at("email").is_null());

  EXPECT_EQ(ask(Method::delete_, "/sim/people/" + id).status, 204U);
  EXPECT_EQ(ask(Method::delete_, "/sim/people/" + id).status, 404U);
}

TEST_F(ControlTest, APersonWhoGoesTakesTheirTokensAlong) {
  const auto made = json(ask(Method::post, "/sim/people", R"({"username": "margaret"})"));
  const auto id = *UserId::parse(made.at("id").as_string());
  const auto tokens = sim.grants.grant_client_credentials(sim.world.application.id, id, {"identify"});
  (void)ask(Method::delete_, "/sim/people/" + id.to_string());
  EXPECT_EQ(sim.grants.find(tokens.access_token), nullptr);
}

TEST_F(ControlTest, AGuildComesChangesAndGoes) {
  const auto made = ask(Method::post, "/sim/guilds",
                        R"({"id": "77", "name": "New", "ownerId": "2000000000000000001",
                            "members": [{"userId": "2000000000000000004", "permissions": "32"}]})");
  ASSERT_EQ(made.status, 201U) << made.body;
  EXPECT_EQ(json(made).at("bot"), true);
  EXPECT_EQ(json(made).at("members").as_array().size(), 2U);

  EXPECT_EQ(json(ask(Method::patch, "/sim/guilds/77", R"({"bot": false})")).at("bot"), false);
  EXPECT_EQ(ask(Method::put, "/sim/guilds/77/members/2000000000000000003", R"({"permissions": "8"})").status, 200U);
  EXPECT_TRUE(sim.world.find_guild(GuildId{77})->permissions_of(UserId{2000000000000000003}).has(administrator));
  EXPECT_EQ(ask(Method::delete_, "/sim/guilds/77/members/2000000000000000003").status, 204U);
  EXPECT_EQ(ask(Method::delete_, "/sim/guilds/77").status, 204U);
  EXPECT_EQ(sim.world.find_guild(GuildId{77}), nullptr);
}

TEST_F(ControlTest, WhatIsWrongIsNamed) {
  const auto unknown_field = ask(Method::post, "/sim/people", R"({"username": "x", "nick": "y"})");
  EXPECT_EQ(unknown_field.status, 422U);
  EXPECT_EQ(json(unknown_field).at("field"), "/nick");
  EXPECT_EQ(ask(Method::post, "/sim/people", "{").status, 400U);
  EXPECT_EQ(ask(Method::post, "/sim/people", R"({"id": "2000000000000000001", "username": "x"})").status, 409U);
  EXPECT_EQ(ask(Method::patch, "/sim/guilds/nonsense", "{}").status, 404U);
  EXPECT_EQ(ask(Method::get, "/sim/nowhere").status, 404U);
  EXPECT_EQ(ask(Method::put, "/sim/world").status, 405U);
}

TEST_F(ControlTest, AFaultIsReadAndShown) {
  const auto made = ask(Method::post, "/sim/faults",
                        R"({"method": "get", "route": "/guilds/{guild.id}", "count": 3, "delayMs": 10,
                            "rateLimit": {"scope": "shared", "retryAfter": 0.5}})");
  ASSERT_EQ(made.status, 201U) << made.body;
  EXPECT_EQ(json(made).at("route"), "/guilds/:guild_id");
  ASSERT_EQ(sim.faults.waiting().size(), 1U);
  EXPECT_EQ(sim.faults.waiting()[0].rate_limit->retry_after, std::chrono::milliseconds(500));
  EXPECT_EQ(json(ask(Method::get, "/sim/faults")).at("faults").as_array().size(), 1U);
  EXPECT_EQ(ask(Method::delete_, "/sim/faults").status, 204U);
  EXPECT_TRUE(sim.faults.waiting().empty());
}

TEST_F(ControlTest, AFaultThatCannotHappenIsRefused) {
  EXPECT_EQ(json(ask(Method::post, "/sim/faults", R"({"route": "/nowhere", "status": 500})")).at("field"), "/route");
  EXPECT_EQ(ask(Method::post, "/sim/faults", R"({"route": "*"})").status, 422U);
  EXPECT_EQ(ask(Method::post, "/sim/faults", R"({"route": "*", "status": 99})").status, 422U);
  EXPECT_EQ(ask(Method::post, "/sim/faults", R"({"route": "*", "headers": {"X": "a\nb"}})").status, 422U);
}

TEST_F(ControlTest, ApprovesWithoutThePage) {
  const auto approved = ask(Method::post, "/sim/authorize",
                            R"({"personId": "2000000000000000001", "redirectUri": "http://localhost:1/cb",
                                "state": "s"})");
  ASSERT_EQ(approved.status, 200U) << approved.body;
  const std::string code(json(approved).at("code").as_string());
  EXPECT_EQ(json(approved).at("location").as_string(), "http://localhost:1/cb?code=" + code + "&state=s");
  EXPECT_TRUE(sim.grants.redeem_code(sim.world.application.id, code, "http://localhost:1/cb"));
}

TEST_F(ControlTest, ResetLeadsBackToTheStart) {
  const auto start = to_json(sim.world);
  (void)ask(Method::post, "/sim/people", R"({"username": "margaret"})");
  (void)ask(Method::post, "/sim/faults", R"({"route": "*", "status": 500})");
  const auto tokens = sim.grants.grant_client_credentials(sim.world.application.id, UserId{1}, {"identify"});
  sim.journal.add({});

  EXPECT_EQ(ask(Method::post, "/sim/reset").status, 204U);
  EXPECT_EQ(to_json(sim.world), start);
  EXPECT_TRUE(sim.faults.waiting().empty());
  EXPECT_TRUE(sim.journal.requests().empty());
  EXPECT_EQ(sim.grants.find(tokens.access_token), nullptr);
}

}  // namespace
}  // namespace guildhall::sim
