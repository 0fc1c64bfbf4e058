#include "discord/rest/rate_limit_headers.hpp"

#include <gtest/gtest.h>

namespace guildhall::discord {
namespace {

using namespace std::chrono_literals;

TEST(RateLimitHeaders, ReadsABucket) {
  const auto headers = read_rate_limit_headers({200,
                                                {{"X-RateLimit-Bucket", "abcd1234"},
                                                 {"X-RateLimit-Limit", "5"},
                                                 {"X-RateLimit-Remaining", "3"},
                                                 {"X-RateLimit-Reset", "1470173023.123"},
                                                 {"X-RateLimit-Reset-After", "0.3004"}},
                                                "{}"});
  ASSERT_TRUE(headers.bucket);
  EXPECT_EQ(headers.bucket->limit, 5U);
  EXPECT_EQ(headers.bucket->remaining, 3U);
  EXPECT_EQ(headers.bucket->reset_after, 301ms);
  EXPECT_EQ(headers.bucket->reset, 1470173023123ms);
  EXPECT_FALSE(headers.limited);
  EXPECT_FALSE(headers.invalid());
}

TEST(RateLimitHeaders, TheBucketMayBeMissing) {
  EXPECT_FALSE(read_rate_limit_headers({204, {}, ""}).bucket);
  EXPECT_FALSE(read_rate_limit_headers({200,
                                        {{"X-RateLimit-Bucket", "a"},
                                         {"X-RateLimit-Limit", "many"},
                                         {"X-RateLimit-Remaining", "3"},
                                         {"X-RateLimit-Reset-After", "-1"}},
                                        ""})
                   .bucket);
}

TEST(RateLimitHeaders, BoundsWindows) {
  const auto headers = read_rate_limit_headers({200,
                                                {{"X-RateLimit-Bucket", "a"},
                                                 {"X-RateLimit-Limit", "0"},
                                                 {"X-RateLimit-Remaining", "7"},
                                                 {"X-RateLimit-Reset-After", "99999999999"}},
                                                ""});
  ASSERT_TRUE(headers.bucket);
  EXPECT_EQ(headers.bucket->reset_after, 48h);
  EXPECT_EQ(headers.bucket->limit, 1U);
  EXPECT_EQ(headers.bucket->remaining, 1U);
}

struct Case {
  net::ClientResponse response;
  RateLimitScope scope;
  std::optional<std::chrono::milliseconds> retry_after;
  bool invalid;
};

class RateLimitHeadersOf429 : public testing::TestWithParam<Case> {};

TEST_P(RateLimitHeadersOf429, ReadsTheScope) {
  const auto headers = read_rate_limit_headers(GetParam().response);
  ASSERT_TRUE(headers.limited);
  EXPECT_EQ(headers.limited->scope, GetParam().scope);
  EXPECT_EQ(headers.limited->retry_after, GetParam().retry_after);
  EXPECT_EQ(headers.invalid(), GetParam().invalid);
}

INSTANTIATE_TEST_SUITE_P(
    Scopes, RateLimitHeadersOf429,
    testing::Values(
        Case{{429, {{"Retry-After", "65"}, {"X-RateLimit-Scope", "user"}}, R"({"retry_after":64.57,"global":false})"},
             RateLimitScope::user,
             64570ms,
             true},
        Case{{429, {{"Retry-After", "2"}, {"X-RateLimit-Scope", "shared"}}, R"({"retry_after":1.5,"global":false})"},
             RateLimitScope::shared,
             1500ms,
             false},
        Case{{429, {{"Retry-After", "1"}, {"X-RateLimit-Scope", "global"}}, R"({"retry_after":0.25,"global":true})"},
             RateLimitScope::global,
             250ms,
             true},
        Case{{429, {{"X-RateLimit-Global", "true"}}, R"({"retry_after":0.25})"}, RateLimitScope::global, 250ms, true},
        Case{{429, {}, R"({"retry_after":0.25,"global":true})"}, RateLimitScope::global, 250ms, true},
        Case{{429, {}, R"({"retry_after":0,"global":false})"}, RateLimitScope::user, 50ms, true},
        // Cloudflare's pages.
        Case{{429, {{"Retry-After", "2.5"}}, "<html>error code: 1015</html>"}, RateLimitScope::address, 2500ms, true},
        Case{{429, {}, "<!doctype html><title>Access denied</title>"}, RateLimitScope::address, std::nullopt, true},
        Case{{429, {{"Retry-After", "soon"}}, ""}, RateLimitScope::address, std::nullopt, true},
        Case{{429, {{"Retry-After", "-5"}}, ""}, RateLimitScope::address, std::nullopt, true},
        Case{{429, {{"Retry-After", "7200"}}, ""}, RateLimitScope::address, 7200000ms, true},
        Case{{429, {{"Retry-After", "1000000"}}, ""}, RateLimitScope::address, 48h, true},
        Case{{429,
              {{"Date", "Wed, 21 Oct 2015 07:28:00 GMT"}, {"Retry-After", "Wed, 21 Oct 2015 07:33:00 GMT"}},
              "<html>"},
             RateLimitScope::address,
             5min,
             true},
        Case{{429,
              {{"Date", "Wed, 21 Oct 2015 07:28:00 GMT"}, {"Retry-After", "Wed, 21 Oct 2015 07:27:00 GMT"}},
              "<html>"},
             RateLimitScope::address,
             std::nullopt,
             true},
        // Discord's own limits, with a time that makes no sense or none.
        Case{{429, {{"Retry-After", "3"}}, R"({"retry_after":-1,"global":false})"}, RateLimitScope::user, 3000ms, true},
        Case{{429, {}, R"({"retry_after":"1","global":false})"}, RateLimitScope::user, std::nullopt, true},
        // Bans that are not 429s.
        Case{{403, {}, R"({"message":"internal network error","code":40333})"},
             RateLimitScope::address,
             std::nullopt,
             true},
        Case{{403, {{"Retry-After", "60"}}, "\n<html>Sorry, you have been blocked"},
             RateLimitScope::address,
             60s,
             true}));

TEST(RateLimitHeaders, AMissingPermissionIsNoBan) {
  EXPECT_FALSE(read_rate_limit_headers({403, {}, R"({"message":"Missing Access","code":50001})"}).limited);
  EXPECT_FALSE(read_rate_limit_headers({403, {}, ""}).limited);
  EXPECT_FALSE(read_rate_limit_headers({502, {}, "<html>Bad gateway"}).limited);
}

TEST(RateLimitHeaders, Status401And403AreInvalidRequests) {
  EXPECT_TRUE(read_rate_limit_headers({401, {}, ""}).invalid());
  EXPECT_TRUE(read_rate_limit_headers({403, {}, ""}).invalid());
  EXPECT_FALSE(read_rate_limit_headers({404, {}, ""}).invalid());
  EXPECT_FALSE(read_rate_limit_headers({500, {}, ""}).invalid());
}

}  // namespace
}  // namespace guildhall::discord
