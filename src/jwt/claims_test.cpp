#include "jwt/claims.hpp"

#include <gtest/gtest.h>

namespace guildhall::jwt {
namespace {

using namespace std::chrono_literals;

constexpr base::Timestamp now{1'000'000s};

std::optional<Claims> parse_with(const std::string& times) {
  return parse_claims(R"({"id":"1","access_token":"a","jti":"t",)" + times + "}", now);
}

TEST(Claims, AreReadAsTheyWereWritten) {
  Claims claims;
  claims.id = base::UserId{18446744073709551615U};
  claims.access_token = base::Secret("access");
  claims.expires_at = std::chrono::sys_seconds(1'000'001s);
  claims.issued_at = std::chrono::sys_seconds(999'000s);
  claims.token_id = "token";
  claims.session_id = "session";
  const auto read = parse_claims(encode_claims(claims), now);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->id, claims.id);
  EXPECT_EQ(read->issued_at, claims.issued_at);
  EXPECT_EQ(read->expires_at, claims.expires_at);
  EXPECT_EQ(read->session_id, "session");
}

TEST(Claims, TimesOutOfRangeAreRefused) {
  ASSERT_TRUE(parse_with(R"("exp":1000001)"));
  for (const char* time :
       {"9223372036854775807", "9223372036854775", "9223372036854775808", "18446744073709551615", "253402300800", "-1",
        "-9223372036854775808", "1e300", "-1e300", "1e999", "-0.5", "\"1000001\"", "null", "true", "[]", "{}"}) {
    EXPECT_FALSE(parse_with(R"("exp":)" + std::string(time))) << time;
    EXPECT_FALSE(parse_with(R"("exp":1000001,"nbf":)" + std::string(time))) << time;
    EXPECT_FALSE(parse_with(R"("exp":1000001,"iat":)" + std::string(time))) << time;
  }
  EXPECT_TRUE(parse_with(R"("exp":253402300799)"));
}

TEST(Claims, FractionsCountAgainstTheToken) {
  EXPECT_TRUE(parse_with(R"("exp":1000001.0)"));
  EXPECT_TRUE(parse_with(R"("exp":1.000001e6)"));
  EXPECT_FALSE(parse_with(R"("exp":1000000.9)"));
  EXPECT_TRUE(parse_with(R"("exp":1000001,"nbf":999999.5)"));
  EXPECT_FALSE(parse_with(R"("exp":1000001,"nbf":1000000.1)"));
  EXPECT_TRUE(parse_with(R"("exp":1000001,"nbf":1000000,"iat":999999.9)"));
}

TEST(Claims, AreBoundToTheirTimes) {
  EXPECT_FALSE(parse_with(R"("exp":1000000)"));
  EXPECT_FALSE(parse_with(R"("exp":1000001,"nbf":1000001)"));
  EXPECT_FALSE(parse_with(R"("iat":1)"));
}

}  // namespace
}  // namespace guildhall::jwt
