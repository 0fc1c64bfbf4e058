#include "server/origins.hpp"

#include <gtest/gtest.h>

namespace guildhall::server {
namespace {

Origins configured() { return {"https://bot.example.org", std::vector<std::string>{"capacitor://localhost"}}; }
Origins unconfigured() {
  Origins origins{"http://localhost:8080", {}};
  origins.any_host = true;
  return origins;
}

TEST(Origins, AnOriginHasTheHostOfItsOwnRequests) {
  EXPECT_TRUE(has_host("http://192.0.2.1:8080", "192.0.2.1:8080"));
  EXPECT_TRUE(has_host("https://bot.example.org", "Bot.Example.org:443"));
  EXPECT_TRUE(has_host("http://[::1]", "[::1]"));
  EXPECT_FALSE(has_host("http://192.0.2.1:8080", "192.0.2.1"));
  EXPECT_FALSE(has_host("http://a.example", "a.example.evil.example"));
  EXPECT_FALSE(has_host("null", "null"));
  EXPECT_FALSE(has_host("", ""));
}

TEST(Origins, TheAllowedOnesMayChange) {
  Origins origins = configured();
  origins.allowed.set({"https://new.example"});
  EXPECT_TRUE(origins.is_ours("https://new.example"));
  EXPECT_FALSE(origins.is_ours("capacitor://localhost"));
}

TEST(Origins, WithoutPublicUrlTheRequestsOwnAddressIsOurs) {
  EXPECT_TRUE(unconfigured().is_ours("http://192.0.2.1:8080", "192.0.2.1:8080"));
  EXPECT_TRUE(unconfigured().is_ours("https://bot.example.org", "bot.example.org")) << "a proxy speaks TLS";
  EXPECT_FALSE(unconfigured().is_ours("http://evil.example", "192.0.2.1:8080"));
  EXPECT_EQ(unconfigured().site("192.0.2.1:8080"), "http://192.0.2.1:8080");
  EXPECT_EQ(unconfigured().site("bad host/"), "http://localhost:8080");
}

TEST(Origins, WithPublicUrlOnlyThatIsOurs) {
  EXPECT_TRUE(configured().is_ours("https://bot.example.org", "127.0.0.1:8080")) << "a proxy replaced the Host";
  EXPECT_FALSE(configured().is_ours("http://192.0.2.1:8080", "192.0.2.1:8080"));
  EXPECT_TRUE(configured().is_ours("capacitor://localhost", "bot.example.org"));
  EXPECT_EQ(configured().site("192.0.2.1:8080"), "https://bot.example.org");
}

TEST(Origins, ACallbackThatDiscordAllowsIsOfAnAddressOfOurs) {
  auto origins = configured();
  origins.redirect_uris = {"https://app.example.org/other", "http://192.0.2.1:8080/api/auth/callback"};
  EXPECT_EQ(origins.site("192.0.2.1:8080"), "http://192.0.2.1:8080");
  EXPECT_TRUE(origins.is_ours("http://192.0.2.1:8080", "192.0.2.1:8080"));
  EXPECT_FALSE(origins.is_ours("http://192.0.2.1:8080", "bot.example.org"));
  EXPECT_EQ(origins.callback_at("https://bot.example.org"), "") << "the list lacks it";
  EXPECT_EQ(origins.main_callback(), "http://192.0.2.1:8080/api/auth/callback");
  origins.redirect_uris.clear();
  EXPECT_EQ(origins.main_callback(), "https://bot.example.org/api/auth/callback");
}

TEST(Origins, ACookieIsBoundToItsHostWhereBrowsersCanDoThat) {
  EXPECT_EQ(configured().cookie_name("https://bot.example.org", "token"), "__Host-token");
  EXPECT_EQ(configured().cookie_name("http://192.0.2.1", "token"), "token");
  auto behind_path = configured();
  behind_path.base_path = "/hall";
  EXPECT_EQ(behind_path.cookie_name("https://bot.example.org", "token"), "token");
  EXPECT_EQ(behind_path.callback_at(behind_path.own), "https://bot.example.org/hall/api/auth/callback");
}

}  // namespace
}  // namespace guildhall::server
