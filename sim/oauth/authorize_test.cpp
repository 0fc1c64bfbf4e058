#include "sim/oauth/authorize.hpp"

#include <gtest/gtest.h>

#include "sim/world/world_json.hpp"
#include "testing/fake_clock.hpp"

namespace guildhall::sim {
namespace {

class AuthorizeTest : public testing::Test {
 protected:
  net::FormFields query{{"response_type", "code"},
                        {"client_id", "1150000000000000000"},
                        {"redirect_uri", "http://localhost:8080/cb"},
                        {"scope", "identify guilds"},
                        {"state", "a b&c"}};

  void set(std::string_view name, std::string value) {
    std::erase_if(query, [&](const auto& field) { return field.first == name; });
    query.emplace_back(name, std::move(value));
  }
  auto parse() { return parse_authorize_request(sim.world.application, query); }

  test::FakeClock clock;
  Simulation sim{demo_world(), clock};
};

TEST_F(AuthorizeTest, ApprovalLeadsBackWithACodeThatWorks) {
  const auto approval = approve(sim, *parse(), UserId{2000000000000000001});
  EXPECT_EQ(approval.location, "http://localhost:8080/cb?code=" + approval.code + "&state=a%20b%26c");
  EXPECT_TRUE(sim.grants.redeem_code(sim.world.application.id, approval.code, "http://localhost:8080/cb"));
}

TEST_F(AuthorizeTest, DenialLeadsBackWithAnErrorAndTheState) {
  EXPECT_EQ(denied_location(*parse()),
            "http://localhost:8080/cb?error=access_denied"
            "&error_description=The%20resource%20owner%20or%20authorization%20server%20denied%20the%20request"
            "&state=a%20b%26c");
}

TEST_F(AuthorizeTest, NothingIsSentToAClientThatIsNotKnown) {
  set("client_id", "1");
  ASSERT_FALSE(parse());
  EXPECT_FALSE(parse().error().location);
}

TEST_F(AuthorizeTest, NothingIsSentToARedirectUriThatIsNotRegistered) {
  set("redirect_uri", "https://evil.example/cb");
  ASSERT_FALSE(parse());
  EXPECT_FALSE(parse().error().location);
}

TEST_F(AuthorizeTest, AKnownClientLearnsWhatIsWrong) {
  set("scope", "identify everything");
  ASSERT_FALSE(parse());
  EXPECT_TRUE(parse().error().location->starts_with("http://localhost:8080/cb?error=invalid_scope&"));

  set("response_type", "token");
  EXPECT_TRUE(parse().error().location->starts_with("http://localhost:8080/cb?error=unsupported_response_type&"));
}

}  // namespace
}  // namespace guildhall::sim
