#include "server/browser_name.hpp"

#include <gtest/gtest.h>

namespace guildhall::server {
namespace {

TEST(BrowserName, IsWhatPeopleCallIt) {
  EXPECT_EQ(browser_name("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"), "Firefox on Linux");
  EXPECT_EQ(browser_name("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                         "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"),
            "Edge on Windows");
  EXPECT_EQ(browser_name("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
                         "Gecko) Version/18.5 Mobile/15E148 Safari/604.1"),
            "Safari on iPhone");
  EXPECT_EQ(browser_name("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
                         "Chrome/142.0.0.0 Mobile Safari/537.36"),
            "Chrome on Android");
  EXPECT_EQ(browser_name("curl/7.88.1"), "curl");
  EXPECT_EQ(browser_name("python-requests/2.31 (x)"), "python-requests");
  EXPECT_EQ(browser_name(""), "");
}

TEST(BrowserName, IsShortAndPrintable) {
  EXPECT_EQ(browser_name(std::string(5000, 'a')), std::string(100, 'a'));
  EXPECT_EQ(browser_name("a\x01\xC3\xA4<b>\n/1"), "a<b>");
}

}  // namespace
}  // namespace guildhall::server
