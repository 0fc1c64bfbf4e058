#include "jwt/session_token.hpp"

#include <gtest/gtest.h>

#include <array>

namespace guildhall::jwt {
namespace {

using namespace std::chrono_literals;

class SessionTokensTest : public testing::Test {
 protected:
  const std::array<base::Secret, 1> keys_{base::Secret(std::string(32, 'k'))};
  const Jwe jwe_{keys_};
  const SessionTokens tokens_{jwe_};
  const base::Timestamp now_{1'000'000s};

  std::optional<Claims> decode_claims(const char* json) { return tokens_.decode(jwe_.encrypt(json), now_); }
};

TEST_F(SessionTokensTest, DecodesTheEncodedClaims) {
  Claims claims;
  claims.id = base::UserId{18446744073709551615U};
  claims.access_token = base::Secret("access");
  claims.refresh_token = base::Secret("refresh");
  claims.scope = "identify guilds";
  claims.issued_at = std::chrono::sys_seconds(999'000s);
  claims.expires_at = std::chrono::sys_seconds(1'000'001s);
  claims.token_id = "token";
  claims.session_id = "session";

  const auto read = tokens_.decode(tokens_.encode(claims), now_);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->id, claims.id);
  EXPECT_EQ(read->access_token.reveal(), "access");
  EXPECT_EQ(read->refresh_token.reveal(), "refresh");
  EXPECT_EQ(read->token_type, "Bearer");
  EXPECT_EQ(read->scope, "identify guilds");
  EXPECT_EQ(read->issued_at, claims.issued_at);
  EXPECT_EQ(read->expires_at, claims.expires_at);
  EXPECT_EQ(read->token_id, "token");
  EXPECT_EQ(read->session_id, "session");
}

TEST_F(SessionTokensTest, SessionIdDefaultsToTheTokenId) {
  const auto read = decode_claims(R"({"id":"1","access_token":"a","exp":1000001,"jti":"t"})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->session_id, "t");
}

TEST_F(SessionTokensTest, ATokenMayLeaveDiscordsTokensOnTheServer) {
  Claims claims;
  claims.access_token = base::Secret(std::string(10'000, 'a'));
  claims.refresh_token = base::Secret("refresh");
  claims.expires_at = std::chrono::sys_seconds(1'000'001s);
  claims.token_id = claims.session_id = "token";
  claims.tokens_kept = true;
  const auto token = tokens_.encode(claims);
  EXPECT_LE(token.size(), SessionTokens::max_cookie_size);
  const auto read = tokens_.decode(token, now_);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->tokens_kept);
  EXPECT_TRUE(read->access_token.empty() && read->refresh_token.empty());
  EXPECT_FALSE(decode_claims(R"({"id":"1","kept":1,"exp":1000001,"jti":"t"})"));
}

TEST_F(SessionTokensTest, RefusesIncompleteExpiredAndFutureTokens) {
  EXPECT_TRUE(decode_claims(R"({"id":"1","access_token":"a","exp":1000001,"jti":"t"})"));
  EXPECT_FALSE(decode_claims(R"({"id":"1","access_token":"a","exp":1000000,"jti":"t"})"));
  EXPECT_FALSE(decode_claims(R"({"id":"1","access_token":"a","jti":"t"})"));
  EXPECT_FALSE(decode_claims(R"({"id":"1","access_token":"a","exp":"1000001","jti":"t"})"));
  EXPECT_FALSE(decode_claims(R"({"id":"1","access_token":"a","exp":1000001})"));
  EXPECT_FALSE(decode_claims(R"({"id":"1","access_token":"","exp":1000001,"jti":"t"})"));
  EXPECT_FALSE(decode_claims(R"({"id":"x","access_token":"a","exp":1000001,"jti":"t"})"));
  EXPECT_FALSE(decode_claims(R"({"id":1,"access_token":"a","exp":1000001,"jti":"t"})"));
  EXPECT_FALSE(decode_claims(R"({"id":"1","access_token":"a","exp":1000001,"jti":"t","nbf":1000001})"));
  EXPECT_FALSE(decode_claims(R"([1])"));
  EXPECT_FALSE(decode_claims("not json"));
}

}  // namespace
}  // namespace guildhall::jwt
