#include "discord/rest/rate_news.hpp"

#include <gtest/gtest.h>

namespace guildhall::discord {
namespace {

using namespace std::chrono_literals;

TEST(RateNews, ReadsABucket) {
  const auto news = read_rate_news({200,
                                    {{"X-RateLimit-Bucket", "abcd1234"},
                                     {"X-RateLimit-Limit", "5"},
                                     {"X-RateLimit-Remaining", "3"},
                                     {"X-RateLimit-Reset", "1470173023.123"},
                                     {"X-RateLimit-Reset-After", "0.3004"}},
                                    "{}"});
  ASSERT_TRUE(news.bucket);
  EXPECT_EQ(news.bucket->limit, 5U);
  EXPECT_EQ(news.bucket->remaining, 3U);
  EXPECT_EQ(news.bucket->reset_after, 301ms);
  EXPECT_EQ(news.bucket->reset, 1470173023123ms);
  EXPECT_FALSE(news.limited);
  EXPECT_FALSE(news.invalid());
}

TEST(RateNews, DoesWithoutABucket) {
  EXPECT_FALSE(read_rate_news({204, {}, ""}).bucket);
  EXPECT_FALSE(read_rate_news({200,
                               {{"X-RateLimit-Bucket", "a"},
                                {"X-RateLimit-Limit", "many"},
                                {"X-RateLimit-Remaining", "3"},
                                {"X-RateLimit-Reset-After", "-1"}},
                               ""})
                   .bucket);
}

TEST(RateNews, DoesNotBelieveInEndlessWindows) {
  const auto news = read_rate_news({200,
                                    {{"X-RateLimit-Bucket", "a"},
                                     {"X-RateLimit-Limit", "0"},
                                     {"X-RateLimit-Remaining", "7"},
                                     {"X-RateLimit-Reset-After", "99999999999"}},
                                    ""});
  ASSERT_TRUE(news.bucket);
  EXPECT_EQ(news.bucket->reset_after, 48h);
  EXPECT_EQ(news.bucket->limit, 1U);
  EXPECT_EQ(news.bucket->remaining, 1U);
}

struct Refusal {
  net::ClientResponse answer;
  LimitScope scope;
  std::chrono::milliseconds retry_after;
  bool invalid;
};

class RateNewsOf429 : public testing::TestWithParam<Refusal> {};

TEST_P(RateNewsOf429, TellsWhoseLimitItIs) {
  const auto news = read_rate_news(GetParam().answer);
  ASSERT_TRUE(news.limited);
  EXPECT_EQ(news.limited->scope, GetParam().scope);
  EXPECT_EQ(news.limited->retry_after, GetParam().retry_after);
  EXPECT_EQ(news.invalid(), GetParam().invalid);
}

INSTANTIATE_TEST_SUITE_P(
    Scopes, RateNewsOf429,
    testing::Values(
        Refusal{
            {429, {{"Retry-After", "65"}, {"X-RateLimit-Scope", "user"}}, R"({"retry_after":64.57,"global":false})"},
            LimitScope::user,
            64570ms,
            true},
        Refusal{{429, {{"Retry-After", "2"}, {"X-RateLimit-Scope", "shared"}}, R"({"retry_after":1.5,"global":false})"},
                LimitScope::shared,
                1500ms,
                false},
        Refusal{{429, {{"Retry-After", "1"}, {"X-RateLimit-Scope", "global"}}, R"({"retry_after":0.25,"global":true})"},
                LimitScope::global,
                250ms,
                true},
        Refusal{{429, {{"X-RateLimit-Global", "true"}}, R"({"retry_after":0.25})"}, LimitScope::global, 250ms, true},
        Refusal{{429, {}, R"({"retry_after":0.25,"global":true})"}, LimitScope::global, 250ms, true},
        Refusal{{429, {}, R"({"retry_after":0,"global":false})"}, LimitScope::user, 50ms, true},
        // Cloudflare's pages.
        Refusal{{429, {{"Retry-After", "2.5"}}, "<html>error code: 1015</html>"}, LimitScope::address, 2500ms, true},
        Refusal{{429, {{"Retry-After", "soon"}}, ""}, LimitScope::address, 1000ms, true},
        Refusal{{429, {{"Retry-After", "100000"}}, ""}, LimitScope::address, 3600000ms, true}));

TEST(RateNews, CountsRefusalsAsInvalid) {
  EXPECT_TRUE(read_rate_news({401, {}, ""}).invalid());
  EXPECT_TRUE(read_rate_news({403, {}, ""}).invalid());
  EXPECT_FALSE(read_rate_news({404, {}, ""}).invalid());
  EXPECT_FALSE(read_rate_news({500, {}, ""}).invalid());
}

}  // namespace
}  // namespace guildhall::discord
