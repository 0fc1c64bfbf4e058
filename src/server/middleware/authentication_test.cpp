#include "server/middleware/authentication.hpp"

#include "server/test_support.hpp"

namespace guildhall::server {
namespace {

using base::Errc;
using namespace std::chrono_literals;

class AuthenticationTest : public SessionFixture {
 protected:
  AuthenticationTest() { save_user(ada); }

  [[nodiscard]] std::string token(SessionClaims claims) const { return tokens_.encode(*claims); }
  [[nodiscard]] std::string token() const { return token(claims_of(ada)); }

  static net::Request request(net::Headers headers, net::Method method = net::Method::get) {
    net::Request request;
    request.method = method;
    request.target = "/api/users/me";
    request.headers = std::move(headers);
    return request;
  }
  base::Result<Session> authenticate(net::Headers headers, net::Method method = net::Method::get) {
    const auto made = request(std::move(headers), method);
    return run(authentication_.authenticate(made));
  }
  Errc refusal(net::Headers headers, net::Method method = net::Method::get) {
    const auto session = authenticate(std::move(headers), method);
    EXPECT_FALSE(session);
    return session.error().code;
  }
};

TEST_F(AuthenticationTest, ABearerTokenNamesItsUser) {
  const auto session = authenticate({{"Authorization", "Bearer " + token()}});
  EXPECT_EQ(session->user->id, ada);
  EXPECT_TRUE(authenticate({{"Authorization", "bearer " + token()}})) << "the scheme has no case";
}

TEST_F(AuthenticationTest, WhatIsNoTokenIsRefusedAlike) {
  EXPECT_EQ(refusal({}), Errc::unauthenticated);
  EXPECT_EQ(refusal({{"Authorization", "Bearer"}}), Errc::unauthenticated);
  EXPECT_EQ(refusal({{"Authorization", "Bearer "}}), Errc::unauthenticated);
  EXPECT_EQ(refusal({{"Authorization", "Basic " + token()}}), Errc::unauthenticated);
  EXPECT_EQ(refusal({{"Authorization", "Bearer x" + token()}}), Errc::unauthenticated);
  EXPECT_EQ(refusal({{"Authorization", "Bearer " + seal_.encrypt(R"({"id":"2"})")}}), Errc::unauthenticated)
      << "another key's";
}

TEST_F(AuthenticationTest, AWrongBearerTokenIsNotMadeGoodByACookie) {
  EXPECT_EQ(refusal({{"Authorization", "Bearer nonsense"}, {"Cookie", "__Host-token=" + token()}}),
            Errc::unauthenticated);
}

TEST_F(AuthenticationTest, ACookieReadsFromAnywhere) {
  EXPECT_TRUE(authenticate({{"Cookie", "a=b; __Host-token=" + token()}}));
  EXPECT_TRUE(authenticate({{"Cookie", "__Host-token=" + token()}, {"Origin", "https://evil.example.org"}}));
}

TEST_F(AuthenticationTest, ACookieChangesThingsFromOurOriginsOnly) {
  const std::string cookie = "__Host-token=" + token();
  for (const auto method : {net::Method::post, net::Method::put, net::Method::patch, net::Method::delete_}) {
    EXPECT_EQ(refusal({{"Cookie", cookie}}, method), Errc::forbidden) << "without an Origin";
    EXPECT_EQ(refusal({{"Cookie", cookie}, {"Origin", "https://evil.example.org"}}, method), Errc::forbidden);
    EXPECT_EQ(refusal({{"Cookie", cookie}, {"Origin", "null"}}, method), Errc::forbidden);
    EXPECT_EQ(refusal({{"Cookie", cookie}, {"Origin", "https://bot.example.org.evil.example"}}, method),
              Errc::forbidden);
    EXPECT_TRUE(authenticate({{"Cookie", cookie}, {"Origin", "https://bot.example.org"}}, method));
    EXPECT_TRUE(authenticate({{"Cookie", cookie}, {"Origin", "https://dashboard.example.org"}}, method));
  }
  EXPECT_TRUE(authenticate({{"Authorization", "Bearer " + token()}}, net::Method::post))
      << "no browser adds that by itself";
}

TEST_F(AuthenticationTest, AnotherHostOfTheDomainCannotSetTheCookie) {
  EXPECT_EQ(refusal({{"Cookie", "token=" + token()}}), Errc::unauthenticated);
}

TEST_F(AuthenticationTest, APageAtAnotherAddressIsToldWhereToGo) {
  const auto made =
      request({{"Cookie", "__Host-token=" + token()}, {"Host", "192.0.2.1:8080"}, {"Origin", "http://192.0.2.1:8080"}},
              net::Method::post);
  const auto refused = run(authentication_.authenticate(made));
  EXPECT_EQ(refused.error().code, Errc::forbidden);
  EXPECT_THAT(refused.error().message, testing::HasSubstr("PUBLIC_URL is https://bot.example.org"));
}

TEST_F(AuthenticationTest, ATokenExpires) {
  const auto bearing = "Bearer " + token();
  ASSERT_TRUE(authenticate({{"Authorization", bearing}}));
  clock_.advance(1h);
  EXPECT_EQ(refusal({{"Authorization", bearing}}), Errc::unauthenticated);
}

TEST_F(AuthenticationTest, AnEndedSessionEndsAllItsTokens) {
  auto refreshed = std::make_shared<jwt::Claims>(*claims_of(ada));
  refreshed->token_id = "another";
  run(denylist_.deny("session-2", clock_.now() + 24h));
  EXPECT_EQ(refusal({{"Authorization", "Bearer " + token()}}), Errc::unauthenticated);
  EXPECT_EQ(refusal({{"Authorization", "Bearer " + token(refreshed)}}), Errc::unauthenticated);
}

TEST_F(AuthenticationTest, ATokenOfAnUnknownUserIsRefused) {
  EXPECT_EQ(refusal({{"Authorization", "Bearer " + token(claims_of(base::UserId{99}))}}), Errc::unauthenticated);
}

TEST_F(AuthenticationTest, MemoryAnswersOnceItKnows) {
  const auto made = request({{"Authorization", "Bearer " + token()}});
  ASSERT_TRUE(run(authentication_.authenticate(made)));
  const auto cached = authentication_.cached(made);
  ASSERT_TRUE(cached);
  EXPECT_EQ((*cached)->user->id, ada);
  EXPECT_EQ(authentication_.cached(request({}))->error().code, Errc::unauthenticated);
}

TEST_F(AuthenticationTest, ARecheckSeesWhatHasChanged) {
  const auto claims = claims_of(ada);
  ASSERT_FALSE(run(authentication_.recheck(claims))->is_admin());
  save_user(ada, database::AdminGrant::grant);
  EXPECT_TRUE(run(authentication_.recheck(claims))->is_admin());
  run(denylist_.deny("session-2", clock_.now() + 24h));
  EXPECT_EQ(run(authentication_.recheck(claims)).error().code, Errc::unauthenticated);
}

TEST_F(AuthenticationTest, ARecheckEndsWhatHasExpired) {
  const auto claims = claims_of(ada);
  clock_.advance(1h);
  EXPECT_EQ(run(authentication_.recheck(claims)).error().code, Errc::unauthenticated);
}

}  // namespace
}  // namespace guildhall::server
