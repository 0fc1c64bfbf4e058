#include "server/errors.hpp"

#include <gtest/gtest.h>

#include "database/errors.hpp"

namespace guildhall::server {
namespace {

using namespace std::chrono_literals;
using base::Errc;

TEST(Errors, BecomeAnswers) {
  const auto response = to_response(base::invalid("/trigger", "Must not be empty."));
  EXPECT_EQ(response.status, 422U);
  EXPECT_EQ(response.headers.find("Content-Type"), "application/json");
  EXPECT_EQ(response.body, R"({"error":"Must not be empty.","code":"invalid","field":"/trigger"})");
}

TEST(Errors, SayWhenToComeBack) {
  EXPECT_EQ(to_response({Errc::unavailable, "Away.", "", 1500ms}).headers.find("Retry-After"), "2");
  EXPECT_EQ(to_response({Errc::unavailable, "Away."}).headers.find("Retry-After"), "5");
  EXPECT_EQ(to_response({Errc::rate_limited, "Slowly.", "", 10ms}).headers.find("Retry-After"), "1");
  EXPECT_FALSE(to_response({Errc::bad_upstream, "Wrong."}).headers.find("Retry-After"));
}

TEST(Errors, NameTheScheme) {
  EXPECT_EQ(to_response({Errc::unauthenticated, "Who?"}).headers.find("WWW-Authenticate"), "Bearer");
}

template <class Exception>
net::Response response_to(const Exception& exception, std::string& unexpected) {
  try {
    throw exception;
  } catch (...) {
    return exception_to_response(unexpected);
  }
}

TEST(Exceptions, TellNothingOfTheInside) {
  std::string unexpected;
  const auto response = response_to(std::runtime_error("secret detail"), unexpected);
  EXPECT_EQ(response.status, 500U);
  EXPECT_EQ(response.body.find("secret"), std::string::npos);
  EXPECT_EQ(unexpected, "secret detail");
}

TEST(Exceptions, OfADatabaseThatIsAwayAreExpected) {
  std::string unexpected;
  const auto response = response_to(database::Unavailable("disk on fire"), unexpected);
  EXPECT_EQ(response.status, 503U);
  EXPECT_EQ(response.headers.find("Retry-After"), "1");
  EXPECT_EQ(response.body.find("fire"), std::string::npos);
  EXPECT_EQ(unexpected, "");
}

}  // namespace
}  // namespace guildhall::server
