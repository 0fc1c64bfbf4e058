#include "server/login_states.hpp"

#include "server/test_support.hpp"

namespace guildhall::server {
namespace {

using namespace std::chrono_literals;

class LoginStatesTest : public SessionFixture {
 protected:
  std::optional<std::string> finish(const std::string& state, const std::string& cookie) {
    return run(states_.finish(state, cookie));
  }

  jwt::Jwe key_{std::vector{base::Secret(std::string(32, 'c'))}};
  LoginStates states_{clock_, key_, denylist_};
};

TEST_F(LoginStatesTest, ALoginEndsWhereItWasToEnd) {
  const auto started = states_.start("/guilds/30");
  EXPECT_EQ(finish(started.state, started.cookie), "/guilds/30");
}

TEST_F(LoginStatesTest, AStateWorksOnce) {
  const auto started = states_.start("/docs");
  EXPECT_TRUE(finish(started.state, started.cookie));
  EXPECT_FALSE(finish(started.state, started.cookie));
}

TEST_F(LoginStatesTest, AStateWorksOnceAlsoForTwoAtTheSameTime) {
  const auto started = states_.start("/docs");
  auto first = start(states_.finish(started.state, started.cookie));
  auto second = start(states_.finish(started.state, started.cookie));
  EXPECT_NE(first.get().has_value(), second.get().has_value());
}

TEST_F(LoginStatesTest, AnyNumberOfTabsMayLogIn) {
  const auto first = states_.start("/one");
  const auto second = states_.start("/two");
  EXPECT_EQ(finish(second.state, second.cookie), "/two");
  EXPECT_EQ(finish(first.state, first.cookie), "/one");
}

TEST_F(LoginStatesTest, AStateBelongsToItsCookie) {
  const auto first = states_.start("/one");
  const auto second = states_.start("/two");
  EXPECT_FALSE(finish(first.state, second.cookie));
  EXPECT_FALSE(finish("", first.cookie));
  EXPECT_EQ(finish(first.state, first.cookie), "/one") << "a refused attempt uses nothing up";
}

TEST_F(LoginStatesTest, AStateExpires) {
  const auto started = states_.start("/docs");
  clock_.advance(LoginStates::lifetime);
  EXPECT_FALSE(finish(started.state, started.cookie));
}

TEST_F(LoginStatesTest, ACookieMustBeOurs) {
  const auto started = states_.start("/docs");
  auto forged = started.cookie;
  forged.back() = forged.back() == 'A' ? 'B' : 'A';
  EXPECT_FALSE(finish(started.state, forged));
  EXPECT_FALSE(finish(started.state, token_key_.encrypt(R"({"state":"x","return_to":"/","expires_at":9e15})")));
  EXPECT_FALSE(finish(started.state, ""));
}

}  // namespace
}  // namespace guildhall::server
