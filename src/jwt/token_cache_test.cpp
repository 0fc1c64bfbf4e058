#include "jwt/token_cache.hpp"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace guildhall::jwt {
namespace {

using namespace std::chrono_literals;

class TokenCacheTest : public testing::Test {
 protected:
  [[nodiscard]] std::string token(const std::string& id, std::chrono::seconds expires_at = 2000s) const {
    Claims claims;
    claims.id = base::UserId{1};
    claims.access_token = base::Secret("access");
    claims.expires_at = std::chrono::sys_seconds(expires_at);
    claims.token_id = id;
    claims.session_id = id;
    return tokens_.encode(claims);
  }

  const std::array<base::Secret, 1> keys_{base::Secret(std::string(32, 'k'))};
  Jwe jwe_{keys_};
  const SessionTokens tokens_{jwe_};
  TokenCache cache_{tokens_, 4};
  const base::Timestamp now_{1000s};
};

TEST_F(TokenCacheTest, DecodesATokenOnce) {
  const auto text = token("a");
  const auto first = cache_.decode(text, now_);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->token_id, "a");
  EXPECT_EQ(cache_.decode(text, now_), first);
}

TEST_F(TokenCacheTest, DistinguishesTokens) {
  const auto a = cache_.decode(token("a"), now_);
  const auto b = cache_.decode(token("b"), now_);
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->token_id, "a");
  EXPECT_EQ(b->token_id, "b");
}

TEST_F(TokenCacheTest, RefusesInvalidTokens) {
  auto altered = token("a");
  ASSERT_TRUE(cache_.decode(altered, now_));
  altered.back() = altered.back() == 'A' ? 'Q' : 'A';
  EXPECT_FALSE(cache_.decode(altered, now_));
  EXPECT_FALSE(cache_.decode("", now_));
  EXPECT_FALSE(cache_.decode(std::string(Jwe::max_size + 1, 'x'), now_));
}

TEST_F(TokenCacheTest, RefusesACachedTokenThatHasExpired) {
  const auto text = token("a", 1001s);
  ASSERT_TRUE(cache_.decode(text, now_));
  EXPECT_FALSE(cache_.decode(text, base::Timestamp(1001s)));
}

TEST_F(TokenCacheTest, ATokenOfADroppedKeyIsRefused) {
  const auto text = token("a");
  const auto claims = cache_.decode(text, now_);
  ASSERT_TRUE(claims);
  jwe_.replace_keys(std::array{base::Secret(std::string(32, 'n'))});
  cache_.forget_all();
  cache_.complete(text, claims);
  EXPECT_FALSE(cache_.decode(text, now_));
  EXPECT_TRUE(cache_.decode(token("b"), now_));
}

TEST_F(TokenCacheTest, DropsTheLeastRecentlyUsedToken) {
  const auto used = token("used");
  const auto unused = token("unused");
  const auto known = cache_.decode(used, now_);
  const std::weak_ptr<const Claims> forgotten = cache_.decode(unused, now_);
  for (int i = 0; i < 4; ++i) {
    ASSERT_TRUE(cache_.decode(token(std::to_string(i)), now_));
    EXPECT_EQ(cache_.decode(used, now_), known);
  }
  EXPECT_TRUE(forgotten.expired());
}

TEST_F(TokenCacheTest, KeepsItsCapacity) {
  std::vector<std::string> texts;
  std::vector<std::weak_ptr<const Claims>> read;
  for (int i = 0; i < 20; ++i) {
    texts.push_back(token(std::to_string(i)));
    // Use all earlier tokens again.
    for (const auto& text : texts) read.emplace_back(cache_.decode(text, now_));
  }
  std::set<std::shared_ptr<const Claims>> held;
  for (const auto& claims : read) held.insert(claims.lock());
  held.erase(nullptr);
  EXPECT_GE(held.size(), 2U);
  EXPECT_LE(held.size(), 4U);
}

}  // namespace
}  // namespace guildhall::jwt
