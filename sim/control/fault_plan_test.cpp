#include "sim/control/fault_plan.hpp"

#include <gtest/gtest.h>

namespace guildhall::sim {
namespace {

using net::Method;

Fault fault(std::string route, unsigned count, unsigned status) {
  Fault made;
  made.route = std::move(route);
  made.remaining = count;
  made.status = status;
  return made;
}

TEST(FaultPlan, MeetsTheNextRequestsOfItsRouteAndNoMore) {
  FaultPlan plan;
  ASSERT_TRUE(plan.add(fault("/users/@me", 2, 500)));

  EXPECT_FALSE(plan.take(Method::get, "/users/@me/guilds"));
  EXPECT_FALSE(plan.take(Method::get, ""));
  EXPECT_TRUE(plan.take(Method::get, "/users/@me"));
  EXPECT_TRUE(plan.take(Method::head, "/users/@me"));
  EXPECT_FALSE(plan.take(Method::get, "/users/@me"));
  EXPECT_TRUE(plan.waiting().empty());
}

TEST(FaultPlan, MayBeForOneMethodOnly) {
  FaultPlan plan;
  auto only_post = fault("*", 1, 500);
  only_post.method = Method::post;
  ASSERT_TRUE(plan.add(only_post));

  EXPECT_FALSE(plan.take(Method::get, "/oauth2/token"));
  EXPECT_TRUE(plan.take(Method::post, "/oauth2/token"));
}

TEST(FaultPlan, GivesTheOldestFirst) {
  FaultPlan plan;
  ASSERT_TRUE(plan.add(fault("*", 1, 500)));
  ASSERT_TRUE(plan.add(fault("/users/@me", 1, 503)));

  EXPECT_EQ(plan.take(Method::get, "/users/@me")->status, 500U);
  EXPECT_EQ(plan.take(Method::get, "/users/@me")->status, 503U);
}

TEST(FaultyAnswer, IsWhatTheFaultSays) {
  EXPECT_EQ(faulty_answer(fault("*", 1, 503)).body, R"({"message":"503: Service Unavailable","code":0})");

  Fault garbage;
  garbage.garbage = true;
  EXPECT_EQ(faulty_answer(garbage).status, 200U);

  Fault drop;
  drop.drop = true;
  EXPECT_TRUE(faulty_answer(drop).abort);

  Fault limited;
  limited.rate_limit = {RateLimitScope::global, std::chrono::milliseconds(1300)};
  const auto answer = faulty_answer(limited);
  EXPECT_EQ(answer.status, 429U);
  EXPECT_EQ(answer.headers.find("Retry-After"), "2");
  EXPECT_EQ(answer.headers.find("X-RateLimit-Global"), "true");
  EXPECT_EQ(answer.headers.find("X-RateLimit-Scope"), "global");
  EXPECT_EQ(answer.body, R"({"message":"You are being rate limited.","retry_after":1.300,"global":true,"code":0})");
}

}  // namespace
}  // namespace guildhall::sim
