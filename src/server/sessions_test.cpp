#include "server/sessions.hpp"

#include "server/test_support.hpp"

namespace guildhall::server {
namespace {

using base::Errc;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr auto callback = "https://bot.example.org/api/auth/callback";
constexpr auto ada_json = R"({"id":"2","username":"ada","global_name":"Ada","avatar":null,"email":"ada@example.org"})";
constexpr auto grace_json = R"({"id":"3","username":"grace"})";

class SessionsTest : public SessionFixture {
 protected:
  base::Result<IssuedToken> log_in(std::string code = "code") {
    return run(sessions_.log_in(std::move(code), callback,
                                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"));
  }
  base::Result<IssuedToken> refresh(SessionClaims claims) { return run(sessions_.refresh(*claims, "")); }

  jwt::Claims decoded(const base::Result<IssuedToken>& issued) const {
    return tokens_.decode(issued.value().token, clock_.now()).value();
  }
  /// What the database keeps for a user, opened.
  std::string stored_refresh_token(base::UserId user) {
    const auto sealed = run(users_.refresh_token(user));
    return sealed ? seal_.decrypt(*sealed).value_or("unreadable") : "none";
  }
  void store_refresh_token(base::UserId user, std::string_view token) {
    run(users_.replace_refresh_token(user, seal_.encrypt(token)));
  }
};

TEST_F(SessionsTest, ALoginSavesTheUserAndIssuesAToken) {
  discord_grants("access-1", "refresh-1");
  discord_.plan(200, ada_json);
  const auto claims = decoded(log_in());
  EXPECT_EQ(claims.id, ada);
  EXPECT_EQ(claims.access_token.reveal(), "access-1");
  EXPECT_EQ(claims.expires_at - claims.issued_at, std::chrono::hours(1));
  EXPECT_EQ(run(users_.find(ada))->username, "ada");
  EXPECT_EQ(stored_refresh_token(ada), "refresh-1");
}

TEST_F(SessionsTest, TokensOfAnyLengthMakeASessionThatWorks) {
  for (const std::size_t size : {300U, 1700U, 3500U, 6000U}) {
    const std::string access(size, 'a');
    const std::string refresh(size * 5, 'r');
    discord_grants(access, refresh);
    discord_.plan(200, ada_json);
    const auto issued = log_in();
    ASSERT_TRUE(issued) << size;
    EXPECT_LE(issued->token.size(), jwt::SessionTokens::max_cookie_size) << size;
    const auto session = run(authentication_.open(issued->token));
    ASSERT_TRUE(session) << size;
    EXPECT_EQ(session->claims->access_token.reveal(), access);
    EXPECT_EQ(session->claims->refresh_token.reveal(), refresh);
    EXPECT_EQ(decoded(issued).tokens_kept, size > 600) << size;
    EXPECT_EQ(stored_refresh_token(ada), refresh);
  }
}

TEST_F(SessionsTest, KeptTokensGoWithTheSession) {
  discord_grants(std::string(3500, 'a'), "refresh");
  discord_.plan(200, ada_json);
  const auto issued = log_in();
  const auto session = run(authentication_.open(issued->token));
  run(sessions_.log_out(*session->claims));
  EXPECT_FALSE(run(kept_.find(session->claims->token_id)));
}

TEST_F(SessionsTest, ARedirectThatIsNotConfiguredReachesNobody) {
  const auto issued = run(sessions_.log_in("code", "https://evil.example.org/callback", ""));
  EXPECT_EQ(issued.error().code, Errc::invalid);
  EXPECT_EQ(issued.error().field, "/redirect_uri");
  EXPECT_THAT(requests(), SizeIs(0));
}

TEST_F(SessionsTest, ACodeThatDiscordRefusesIsRefused) {
  discord_refuses_grant();
  EXPECT_EQ(log_in().error().code, Errc::refused);
}

TEST_F(SessionsTest, DiscordMayFailBetweenTheCodeAndTheUser) {
  discord_grants("access-1", "refresh-1");
  discord_.plan(503, "{}");
  EXPECT_EQ(log_in().error().code, Errc::unavailable);
  EXPECT_EQ(run(users_.find(ada)), nullptr) << "nothing is saved of half a login";

  discord_grants("access-2", "refresh-2");
  discord_.plan_drop();
  discord_.plan_drop();  // a GET on a kept connection is tried once more
  EXPECT_EQ(log_in().error().code, Errc::unavailable);

  discord_grants("access-3", "refresh-3");
  discord_.plan(200, "<html>");
  EXPECT_EQ(log_in().error().code, Errc::bad_upstream);
}

TEST_F(SessionsTest, AFreshAccessTokenThatDiscordDoesNotAcceptIsDiscordsFault) {
  discord_grants("access-1", "refresh-1");
  discord_.plan(401, R"({"message":"401: Unauthorized","code":0})");
  EXPECT_EQ(log_in().error().code, Errc::bad_upstream);
}

TEST_F(SessionsTest, AdminsAreThoseOfTheConfiguration) {
  discord_grants("access-1", "refresh-1");
  discord_.plan(200, grace_json);
  ASSERT_TRUE(log_in());
  const Session session{claims_of(grace), run(users_.find(grace))};
  EXPECT_TRUE(session.is_admin());
  save_user(ada);
  EXPECT_FALSE((Session{claims_of(ada), run(users_.find(ada))}.is_admin()));
}

TEST_F(SessionsTest, ARefreshKeepsTheSessionAndRotatesTheStoredToken) {
  save_user(ada);
  store_refresh_token(ada, "refresh-1");
  discord_grants("access-2", "refresh-2");
  const auto claims = decoded(refresh(claims_of(ada)));
  EXPECT_EQ(claims.session_id, "session-2");
  EXPECT_NE(claims.token_id, "jti-2");
  EXPECT_EQ(claims.access_token.reveal(), "access-2");
  EXPECT_EQ(stored_refresh_token(ada), "refresh-2");
  EXPECT_THAT(discord_.requests().front().body, HasSubstr("refresh_token=refresh-1"))
      << "the newest one is tried first";
}

TEST_F(SessionsTest, TwoRefreshesAtOnceUseTheTokenOnce) {
  save_user(ada);
  store_refresh_token(ada, "refresh-1");
  discord_grants("access-2", "refresh-2");
  discord_.hold();
  auto first = start(sessions_.refresh(*claims_of(ada), ""));
  await_requests(1);
  auto second = start(sessions_.refresh(*claims_of(ada), ""));
  loops_.settle(0);
  discord_.release();
  EXPECT_EQ(decoded(first.get()).access_token.reveal(), "access-2");
  EXPECT_EQ(decoded(second.get()).access_token.reveal(), "access-2");
  EXPECT_THAT(requests(), ElementsAre("/oauth2/token"));
}

TEST_F(SessionsTest, ARefusedStoredTokenLeavesTheOneOfTheSession) {
  save_user(ada);
  store_refresh_token(ada, "refresh-of-another-login");
  discord_refuses_grant();
  discord_grants("access-2", "refresh-2");
  EXPECT_TRUE(refresh(claims_of(ada, "refresh-1")));
  EXPECT_THAT(discord_.requests().at(1).body, HasSubstr("refresh_token=refresh-1"));
  EXPECT_EQ(stored_refresh_token(ada), "refresh-2");
}

TEST_F(SessionsTest, ATokenThatAnotherProcessRotatedMeanwhileIsFound) {
  save_user(ada);
  store_refresh_token(ada, "refresh-1");
  discord_refuses_grant();
  discord_grants("access-3", "refresh-3");
  discord_.hold();
  auto refreshing = start(sessions_.refresh(*claims_of(ada, "refresh-1"), ""));
  await_requests(1);
  store_refresh_token(ada, "refresh-2");  // the successor that the other process saves
  discord_.release();
  EXPECT_EQ(decoded(refreshing.get()).access_token.reveal(), "access-3");
  EXPECT_THAT(discord_.requests().at(1).body, HasSubstr("refresh_token=refresh-2"));
}

TEST_F(SessionsTest, WithoutAnAcceptedTokenTheSessionIsOver) {
  save_user(ada);
  store_refresh_token(ada, "refresh-1");
  discord_refuses_grant();
  discord_refuses_grant();
  EXPECT_EQ(refresh(claims_of(ada, "refresh-0")).error().code, Errc::unauthenticated);
  EXPECT_THAT(requests(), SizeIs(2)) << "a refused token is not tried twice";
}

TEST_F(SessionsTest, DiscordsFailureDoesNotEndTheSession) {
  save_user(ada);
  store_refresh_token(ada, "refresh-1");
  discord_.plan(503, "{}");
  EXPECT_EQ(refresh(claims_of(ada)).error().code, Errc::unavailable);
  EXPECT_EQ(stored_refresh_token(ada), "refresh-1");
  discord_.plan_429("user", "30.0");
  const auto limited = refresh(claims_of(ada));
  EXPECT_EQ(limited.error().code, Errc::unavailable);
}

TEST_F(SessionsTest, AStoredTokenOfALostKeyIsSkipped) {
  save_user(ada);
  run(users_.replace_refresh_token(ada, "not.our.token"));
  discord_grants("access-2", "refresh-2");
  EXPECT_TRUE(refresh(claims_of(ada, "refresh-0")));
  EXPECT_THAT(discord_.requests().front().body, HasSubstr("refresh_token=refresh-0"));
}

TEST_F(SessionsTest, ALogoutDeniesTheSessionAndRevokes) {
  save_user(ada);
  store_refresh_token(ada, "refresh-0");
  run(sessions_.log_out(*claims_of(ada)));
  EXPECT_EQ(run(denylist_.check("session-2")), database::TokenState::denied);
  EXPECT_THAT(requests(), ElementsAre("/oauth2/token/revoke"));
  EXPECT_EQ(stored_refresh_token(ada), "none");
}

TEST_F(SessionsTest, ALogoutKeepsTheTokenOfAnotherLogin) {
  save_user(ada);
  store_refresh_token(ada, "refresh-of-another-login");
  run(sessions_.log_out(*claims_of(ada)));
  EXPECT_EQ(stored_refresh_token(ada), "refresh-of-another-login");
}

TEST_F(SessionsTest, ALogoutHoldsThoughDiscordFails) {
  save_user(ada);
  discord_.plan_drop();
  run(sessions_.log_out(*claims_of(ada)));
  EXPECT_EQ(run(denylist_.check("session-2")), database::TokenState::denied);
  EXPECT_TRUE(log_->has("Discord did not revoke a token"));
}

}  // namespace
}  // namespace guildhall::server
