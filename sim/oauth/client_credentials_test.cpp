#include "sim/oauth/client_credentials.hpp"

#include <gtest/gtest.h>

namespace guildhall::sim {
namespace {

class ClientCredentialsTest : public testing::Test {
 protected:
  ClientCredentialsTest() {
    application.id = ApplicationId{42};
    application.client_secret = "s:cret";
  }

  auto with_basic(std::string value, const net::FormFields& form = {}) {
    net::Request request;
    request.headers.add("Authorization", value);
    return authenticate_client(application, request, form);
  }

  auto with_form(const net::FormFields& form) { return authenticate_client(application, net::Request{}, form); }

  Application application;
};

TEST_F(ClientCredentialsTest, ComeInTheForm) {
  EXPECT_EQ(*with_form({{"client_id", "42"}, {"client_secret", "s:cret"}}), application.id);
  EXPECT_EQ(with_form({{"client_id", "42"}, {"client_secret", "wrong"}}).error().error, "invalid_client");
  EXPECT_EQ(with_form({{"client_id", "43"}, {"client_secret", "s:cret"}}).error().status, 401U);
  EXPECT_EQ(with_form({}).error().status, 401U);
}

TEST_F(ClientCredentialsTest, ComeAsBasic) {
  EXPECT_EQ(*with_basic("Basic NDI6czpjcmV0"), application.id);
  EXPECT_EQ(*with_basic("basic NDI6cyUzQWNyZXQ="), application.id) << "form-encoded: 42:s%3Acret";
  EXPECT_FALSE(with_basic("Basic NDI6d3Jvbmc="));
  EXPECT_FALSE(with_basic("Basic NDI"));
  EXPECT_FALSE(with_basic("Basic !!!!"));
  EXPECT_FALSE(with_basic("Basic "));
  EXPECT_FALSE(with_basic("Bearer NDI6czpjcmV0"));
}

TEST_F(ClientCredentialsTest, DoNotComeTwice) {
  EXPECT_EQ(with_basic("Basic NDI6czpjcmV0", {{"client_secret", "s:cret"}}).error().error, "invalid_request");
  EXPECT_TRUE(with_basic("Basic NDI6czpjcmV0", {{"client_id", "42"}})) << "naming the client again is no harm";
  EXPECT_FALSE(with_basic("Basic NDI6czpjcmV0", {{"client_id", "43"}}));
}

}  // namespace
}  // namespace guildhall::sim
