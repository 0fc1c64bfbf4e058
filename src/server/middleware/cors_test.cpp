#include "server/middleware/cors.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace guildhall::server {
namespace {

using ::testing::HasSubstr;

const Origins origins{"https://bot.example.org", std::vector<std::string>{"https://dashboard.example.org"}};

net::Request from(std::string origin, std::string preflight = "") {
  net::Request request;
  request.target = "/api/users/me";
  if (!origin.empty()) request.headers.add("Origin", std::move(origin));
  if (!preflight.empty()) request.headers.add("Access-Control-Request-Method", std::move(preflight));
  return request;
}

net::Headers cors_fields(const Origins& known, const net::Request& request) {
  net::Response response;
  add_cors(known, request, response);
  return response.headers;
}

TEST(Cors, AnAllowedOriginMayReadWithCredentials) {
  const auto fields = cors_fields(origins, from("https://dashboard.example.org"));
  EXPECT_EQ(fields.find("Access-Control-Allow-Origin"), "https://dashboard.example.org");
  EXPECT_EQ(fields.find("Access-Control-Allow-Credentials"), "true");
  EXPECT_THAT(std::string(*fields.find("Access-Control-Expose-Headers")), HasSubstr("ETag"));
  EXPECT_EQ(fields.find("Vary"), "Origin");
}

TEST(Cors, OtherOriginsGetNothing) {
  for (const auto* origin : {"https://evil.example.org", "null", "http://dashboard.example.org",
                             "https://dashboard.example.org.evil.example", "https://dashboard.example.org:444"}) {
    const auto fields = cors_fields(origins, from(origin));
    EXPECT_FALSE(fields.find("Access-Control-Allow-Origin")) << origin;
    EXPECT_EQ(fields.find("Vary"), "Origin") << "a cache must not give this to the others";
  }
  EXPECT_FALSE(cors_fields(origins, from("")).find("Access-Control-Allow-Origin"));
}

TEST(Cors, WithoutConfiguredOriginsNothingVaries) {
  const Origins alone{"https://bot.example.org", {}};
  EXPECT_FALSE(cors_fields(alone, from("https://evil.example.org")).find("Vary"));
}

TEST(Cors, APreflightOfOurOriginsIsAllowed) {
  const auto response = options_response(origins, from("https://dashboard.example.org", "PATCH"), "GET, PATCH");
  EXPECT_EQ(response.status, 204U);
  EXPECT_EQ(response.headers.find("Access-Control-Allow-Methods"), "GET, PATCH");
  EXPECT_THAT(std::string(*response.headers.find("Access-Control-Allow-Headers")), HasSubstr("If-Match"));
}

TEST(Cors, APreflightOfOthersSaysOnlyWhatThePathAllows) {
  const auto response = options_response(origins, from("https://evil.example.org", "PATCH"), "GET, PATCH");
  EXPECT_EQ(response.headers.find("Allow"), "GET, PATCH");
  EXPECT_FALSE(response.headers.find("Access-Control-Allow-Methods"));
}

}  // namespace
}  // namespace guildhall::server
