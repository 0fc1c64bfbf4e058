#include "net/http.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace guildhall::net {
namespace {

TEST(Headers, AreFoundIgnoringCase) {
  Headers headers{{"Content-Type", "text/plain"}};
  EXPECT_EQ(headers.find("content-TYPE"), "text/plain");
  EXPECT_FALSE(headers.find("Content-Typ"));
  headers.set("CONTENT-TYPE", "text/html");
  EXPECT_EQ(headers.size(), 1U);
  EXPECT_EQ(headers.find("Content-Type"), "text/html");
}

TEST(Headers, WithOneNameFormAList) {
  const Headers headers{{"X-Forwarded-For", "6.6.6.6"}, {"Host", "x"}, {"x-forwarded-for", "1.1.1.1, 2.2.2.2"}};
  EXPECT_EQ(headers.find_list("X-Forwarded-For"), "6.6.6.6, 1.1.1.1, 2.2.2.2");
  EXPECT_EQ(headers.find_list("Forwarded"), std::nullopt);
}

TEST(Request, HasAPathAndAQuery) {
  Request request;
  request.target = "/a?b=c?d";
  EXPECT_EQ(request.path(), "/a");
  EXPECT_EQ(request.query(), "b=c?d");
  request.target = "/a";
  EXPECT_EQ(request.path(), "/a");
  EXPECT_EQ(request.query(), "");
}

TEST(Method, RoundTrips) {
  EXPECT_EQ(parse_method("DELETE"), Method::delete_);
  EXPECT_EQ(parse_method("delete"), Method::other);
  EXPECT_EQ(parse_method("BREW"), Method::other);
  EXPECT_EQ(parse_method(""), Method::other);
}

std::vector<std::string> items(std::string_view list, char separator) {
  std::vector<std::string> all;
  while (!list.empty()) all.emplace_back(take_item(list, separator));
  return all;
}

TEST(FieldList, SplitsAndTrimsItems) {
  EXPECT_THAT(items("a, b ,\tc", ','), testing::ElementsAre("a", "b", "c"));
  EXPECT_THAT(items("x; y=1;;z", ';'), testing::ElementsAre("x", "y=1", "", "z"));
}

TEST(FieldList, KeepsQuotedStringsWhole) {
  EXPECT_THAT(items(R"(a="1,2", b="\",", c)", ','), testing::ElementsAre(R"(a="1,2")", R"(b="\",")", "c"));
  EXPECT_THAT(items(R"("open, b\)", ','), testing::ElementsAre(R"("open, b\)"));
}

TEST(FieldList, FindsTokensIgnoringCase) {
  EXPECT_TRUE(lists_token("keep-alive, Upgrade", "upgrade"));
  EXPECT_FALSE(lists_token("upgrades, up grade", "upgrade"));
  EXPECT_FALSE(lists_token("", "upgrade"));
}

}  // namespace
}  // namespace guildhall::net
