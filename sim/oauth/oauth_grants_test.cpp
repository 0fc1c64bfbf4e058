#include "sim/oauth/oauth_grants.hpp"

#include <gtest/gtest.h>

#include "testing/fake_clock.hpp"

namespace guildhall::sim {
namespace {

using namespace std::chrono_literals;

constexpr ApplicationId app{1};
constexpr ApplicationId other_app{2};
constexpr UserId first_user{10};
constexpr UserId second_user{11};
const std::string callback = "http://localhost/cb";

std::optional<GrantRefusal> refusal(const boost::system::result<IssuedTokens, GrantRefusal>& result) {
  return result ? std::nullopt : std::optional(result.error());
}

class OAuthGrantsTest : public testing::Test {
 protected:
  std::string code() { return grants.issue_code(app, first_user, callback, {"identify", "guilds"}); }
  IssuedTokens tokens() { return *grants.redeem_code(app, code(), callback); }

  test::FakeClock clock;
  OAuthGrants grants{clock, 7 * 24h};
};

TEST_F(OAuthGrantsTest, ACodeBecomesTokensForThePersonAndScopesApproved) {
  const auto issued = tokens();

  const auto* authorization = grants.find(issued.access_token);
  ASSERT_NE(authorization, nullptr);
  EXPECT_EQ(authorization->user, first_user);
  EXPECT_EQ(authorization->client, app);
  EXPECT_EQ(authorization->scopes, (Scopes{"identify", "guilds"}));
  EXPECT_EQ(issued.expires_in, 7 * 24h);
  EXPECT_TRUE(issued.refresh_token);
}

TEST_F(OAuthGrantsTest, ACodeWorksOnce) {
  const auto used = code();
  EXPECT_TRUE(grants.redeem_code(app, used, callback));
  EXPECT_EQ(refusal(grants.redeem_code(app, used, callback)), GrantRefusal::code);
}

TEST_F(OAuthGrantsTest, ACodeIsBoundToItsClientAndRedirectUri) {
  const auto bound = code();
  EXPECT_EQ(refusal(grants.redeem_code(other_app, bound, callback)), GrantRefusal::code);
  EXPECT_EQ(refusal(grants.redeem_code(app, bound, "http://localhost/other")), GrantRefusal::redirect_uri);
  EXPECT_EQ(refusal(grants.redeem_code(app, "made up", callback)), GrantRefusal::code);
  EXPECT_TRUE(grants.redeem_code(app, bound, callback)) << "a wrong try must not use it up";
}

TEST_F(OAuthGrantsTest, ACodeExpiresAfterTenMinutes) {
  const auto in_time = code();
  const auto too_late = code();
  clock.advance(10min - 1ms);
  EXPECT_TRUE(grants.redeem_code(app, in_time, callback));
  clock.advance(1ms);
  EXPECT_EQ(refusal(grants.redeem_code(app, too_late, callback)), GrantRefusal::code);
}

TEST_F(OAuthGrantsTest, AnAccessTokenExpires) {
  const auto issued = tokens();
  clock.advance(7 * 24h - 1ms);
  EXPECT_NE(grants.find(issued.access_token), nullptr);
  clock.advance(1ms);
  EXPECT_EQ(grants.find(issued.access_token), nullptr);
  EXPECT_TRUE(grants.refresh(app, *issued.refresh_token)) << "the refresh token outlives it";
}

TEST_F(OAuthGrantsTest, ARefreshReplacesBothTokens) {
  const auto first = tokens();
  const auto second = *grants.refresh(app, *first.refresh_token);

  EXPECT_EQ(grants.find(first.access_token), nullptr);
  EXPECT_EQ(refusal(grants.refresh(app, *first.refresh_token)), GrantRefusal::refresh_token);
  ASSERT_NE(grants.find(second.access_token), nullptr);
  EXPECT_EQ(second.scopes, first.scopes);
  EXPECT_TRUE(grants.refresh(app, *second.refresh_token));
}

TEST_F(OAuthGrantsTest, ARefreshTokenIsBoundToItsClientAndIsNoAccessToken) {
  const auto issued = tokens();
  EXPECT_EQ(refusal(grants.refresh(other_app, *issued.refresh_token)), GrantRefusal::refresh_token);
  EXPECT_EQ(refusal(grants.refresh(app, issued.access_token)), GrantRefusal::refresh_token);
  EXPECT_EQ(grants.find(*issued.refresh_token), nullptr);
}

TEST_F(OAuthGrantsTest, RevokingEitherTokenEndsTheAuthorization) {
  for (const bool by_refresh_token : {false, true}) {
    const auto issued = tokens();
    const auto of_another_device = tokens();
    grants.revoke(app, by_refresh_token ? *issued.refresh_token : issued.access_token);
    EXPECT_EQ(grants.find(issued.access_token), nullptr);
    EXPECT_FALSE(grants.refresh(app, *issued.refresh_token));
    EXPECT_NE(grants.find(of_another_device.access_token), nullptr);
  }
}

TEST_F(OAuthGrantsTest, OnlyItsClientMayRevokeAToken) {
  const auto issued = tokens();
  grants.revoke(other_app, issued.access_token);
  grants.revoke(app, "made up");
  EXPECT_NE(grants.find(issued.access_token), nullptr);
}

TEST_F(OAuthGrantsTest, APersonWhoLeavesTakesTheirTokensAndCodesAlong) {
  const auto issued = tokens();
  const auto pending = code();
  const auto of_grace = grants.issue_code(app, second_user, callback, {"identify"});
  grants.revoke_user(first_user);
  EXPECT_EQ(grants.find(issued.access_token), nullptr);
  EXPECT_FALSE(grants.redeem_code(app, pending, callback));
  EXPECT_TRUE(grants.redeem_code(app, of_grace, callback));
}

TEST_F(OAuthGrantsTest, ClientCredentialsComeWithoutRefreshToken) {
  const auto issued = grants.grant_client_credentials(app, first_user, {"identify"});
  EXPECT_FALSE(issued.refresh_token);
  EXPECT_NE(grants.find(issued.access_token), nullptr);
}

}  // namespace
}  // namespace guildhall::sim
