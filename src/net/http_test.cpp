#include "net/http.hpp"

#include <gtest/gtest.h>

namespace guildhall::net {
namespace {

TEST(Headers, AreFoundWhateverTheirCase) {
  Headers headers{{"Content-Type", "text/plain"}};
  EXPECT_EQ(headers.find("content-TYPE"), "text/plain");
  EXPECT_FALSE(headers.find("Content-Typ"));
  headers.set("CONTENT-TYPE", "text/html");
  EXPECT_EQ(headers.size(), 1U);
  EXPECT_EQ(headers.find("Content-Type"), "text/html");
}

TEST(Headers, OfOneNameAreOneList) {
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

TEST(Method, IsWhatItsNameSays) {
  EXPECT_EQ(parse_method("DELETE"), Method::delete_);
  EXPECT_EQ(parse_method("delete"), Method::other);
  EXPECT_EQ(parse_method("BREW"), Method::other);
  EXPECT_EQ(parse_method(""), Method::other);
}

}  // namespace
}  // namespace guildhall::net
