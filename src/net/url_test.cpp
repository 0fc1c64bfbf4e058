#include "net/url.hpp"

#include <gtest/gtest.h>

namespace guildhall::net {
namespace {

TEST(Url, WebSocketsHaveSchemesOfTheirOwn) {
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

}  // namespace
}  // namespace guildhall::net
