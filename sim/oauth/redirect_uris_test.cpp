#include "sim/oauth/redirect_uris.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace guildhall::sim {
namespace {

const std::vector<std::string> registered{"http://localhost:*", "https://guild.example/callback"};

TEST(RegisteredRedirect, IsComparedLetterByLetter) {
  EXPECT_TRUE(is_registered_redirect(registered, "https://guild.example/callback"));
  EXPECT_FALSE(is_registered_redirect(registered, "https://guild.example/callback/"));
  EXPECT_FALSE(is_registered_redirect(registered, "https://guild.example/callback?x=1"));
}

TEST(RegisteredRedirect, MayLeavePortAndPathOpen) {
  EXPECT_TRUE(is_registered_redirect(registered, "http://localhost:8080/api/auth/callback"));
  EXPECT_TRUE(is_registered_redirect(registered, "http://localhost/done"));
  EXPECT_FALSE(is_registered_redirect(registered, "https://localhost:8080/"));
}

TEST(RegisteredRedirect, IsNotFooledByWhatOnlyLooksLikeTheHost) {
  EXPECT_FALSE(is_registered_redirect(registered, "http://localhost:8080@evil.example/"));
  EXPECT_FALSE(is_registered_redirect(registered, "http://somebody@localhost:8080/"));
  EXPECT_FALSE(is_registered_redirect(registered, "http://localhost.evil.example/"));
  EXPECT_FALSE(is_registered_redirect(registered, "http://localhost:8080/#fragment"));
  EXPECT_FALSE(is_registered_redirect(registered, "javascript:alert(1)"));
  EXPECT_FALSE(is_registered_redirect(registered, "//localhost/"));
  EXPECT_FALSE(is_registered_redirect(registered, ""));
}

TEST(WithQuery, KeepsTheQueryThatIsThere) {
  EXPECT_EQ(with_query("http://localhost/cb", "code=1"), "http://localhost/cb?code=1");
  EXPECT_EQ(with_query("http://localhost/cb?x=1", "code=1"), "http://localhost/cb?x=1&code=1");
  EXPECT_EQ(with_query("http://localhost/cb?", "code=1"), "http://localhost/cb?code=1");
}

}  // namespace
}  // namespace guildhall::sim
