#include "net/url.hpp"

#include <gtest/gtest.h>

namespace guildhall::net {
namespace {

TEST(Url, ParsesWebSocketSchemes) {
  const auto secure = Url::parse_websocket("wss://gateway.example/?v=10");
  ASSERT_TRUE(secure);
  EXPECT_TRUE(secure->tls);
  EXPECT_EQ(secure->port, "443");
  EXPECT_EQ(secure->target, "/?v=10");
  const auto plain = Url::parse_websocket("ws://[::1]:8080/gateway");
  ASSERT_TRUE(plain);
  EXPECT_FALSE(plain->tls);
  EXPECT_EQ(plain->host_field(), "[::1]:8080");
  for (const auto* text :
       {"https://gateway.example", "wss://", "wss://user@gateway.example", "wss://a/#b", "gateway"}) {
    EXPECT_FALSE(Url::parse_websocket(text)) << text;
  }
  EXPECT_FALSE(Url::parse("wss://gateway.example"));
}

TEST(PathForLog, ShowsRoutesAndIds) {
  for (const char* path : {"/", "/api/users/me", "/api/guilds/3000000000000000001/commands/7", "/docs/openapi.json",
                           "/.well-known/", "//favicon.ico"}) {
    EXPECT_EQ(path_for_log(path), path);
  }
}

TEST(PathForLog, HidesPossibleSecrets) {
  EXPECT_EQ(path_for_log("/api/users/eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..a.b.c"), "/api/users/*");
  EXPECT_EQ(path_for_log("/NhhvTDYsFcdg/x"), "/*/x");
  EXPECT_EQ(path_for_log("/abcdefghijklmnopq/x"), "/*/x");
  EXPECT_EQ(path_for_log("/123456789012345678901"), "/*");
  EXPECT_EQ(path_for_log("/a%20b/\xC3\xA9/a b"), "/*/*/*");
  EXPECT_EQ(path_for_log("token"), "*");
  EXPECT_EQ(path_for_log("*"), "*");
}

TEST(PathForLog, IsBounded) {
  std::string path;
  for (int i = 0; i < 100; ++i) path += "/a";
  EXPECT_EQ(path_for_log(path), path.substr(0, 32) + "/...");
}

}  // namespace
}  // namespace guildhall::net
