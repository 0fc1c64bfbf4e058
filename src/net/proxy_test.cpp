#include "net/proxy.hpp"

#include <gtest/gtest.h>

namespace guildhall::net {
namespace {

bool serves(std::string_view exceptions, std::string_view url) {
  return Proxy::parse("http://proxy.example:3128", exceptions)->serves(*Url::parse(url));
}

TEST(Proxy, IsAnHttpUrl) {
  const auto proxy = Proxy::parse("http://proxy.example:3128/");
  ASSERT_TRUE(proxy);
  EXPECT_EQ(proxy->host(), "proxy.example");
  EXPECT_EQ(proxy->port(), "3128");
  EXPECT_EQ(Proxy::parse("http://proxy.example")->port(), "80");
  EXPECT_EQ(Proxy::parse("http://[::1]:8080")->host(), "::1");
  for (const auto* odd :
       {"", "proxy.example:3128", "https://proxy.example", "socks5://a:1", "http://a/path", "http://"}) {
    EXPECT_FALSE(Proxy::parse(odd)) << odd;
  }
}

TEST(Proxy, AsksForATunnel) {
  EXPECT_EQ(Proxy::parse("http://proxy.example:3128")->connect_request(*Url::parse("https://discord.com/api")),
            "CONNECT discord.com:443 HTTP/1.1\r\nHost: discord.com:443\r\n\r\n");
  EXPECT_EQ(Proxy::parse("http://ada:p%40ss@a:1")->connect_request(*Url::parse("https://[::1]:8443/")),
            "CONNECT [::1]:8443 HTTP/1.1\r\nHost: [::1]:8443\r\nProxy-Authorization: Basic YWRhOnBAc3M=\r\n\r\n");
}

TEST(Proxy, ServesTlsButForExceptions) {
  EXPECT_TRUE(serves("", "https://discord.com/"));
  EXPECT_FALSE(serves("", "http://discord.com/"));
  EXPECT_FALSE(serves("*", "https://discord.com/"));
  EXPECT_FALSE(serves("localhost, .discord.com", "https://gateway.discord.com/"));
  EXPECT_FALSE(serves("discord.com", "https://gateway.DISCORD.com/"));
  EXPECT_FALSE(serves("*.discord.com", "https://gateway.discord.com/"));
  EXPECT_TRUE(serves("cord.com", "https://discord.com/"));
  EXPECT_FALSE(serves("10.0.0.0/8", "https://10.1.2.3/"));
  EXPECT_TRUE(serves("10.0.0.0/8", "https://11.1.2.3/"));
  EXPECT_FALSE(serves("::1", "https://[::1]/"));
  EXPECT_FALSE(serves("[::1]:8443", "https://[::1]:8443/"));
  EXPECT_TRUE(serves("discord.com:8443", "https://discord.com/"));
  EXPECT_FALSE(serves("discord.com:443", "https://discord.com/"));
}

TEST(Proxy, SaysWhyThereIsNoTunnel) {
  EXPECT_FALSE(refusal_of_tunnel("HTTP/1.1 200 Connection established\r\n\r\n"));
  EXPECT_FALSE(refusal_of_tunnel("HTTP/1.0 200 OK\r\nVia: a\r\n\r\n"));
  EXPECT_NE(refusal_of_tunnel("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")->find("HTTPS_PROXY"),
            std::string::npos);
  EXPECT_EQ(refusal_of_tunnel("HTTP/1.1 403 Forbidden\r\n\r\n"), "it answered with status 403");
  EXPECT_EQ(refusal_of_tunnel("SSH-2.0-OpenSSH\r\n\r\n"), "its answer is not HTTP");
}

}  // namespace
}  // namespace guildhall::net
