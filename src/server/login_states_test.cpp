#include "server/login_states.hpp"

#include "server/test_support.hpp"

namespace guildhall::server {
namespace {

using namespace std::chrono_literals;

class LoginStatesTest : public SessionFixture {
 protected:
  [[nodiscard]] LoginStates::Started begin(std::string return_to, std::string_view cookie = "") const {
    return states_.start({std::move(return_to), "https://bot.example.org/api/auth/callback"}, cookie);
  }
  LoginStates::Finished finish(const std::string& state, const std::string& cookie) {
    return run(states_.finish(state, cookie));
  }

  jwt::Jwe key_{std::vector{base::Secret(std::string(32, 'c'))}};
  LoginStates states_{clock_, key_, denylist_};
};

TEST_F(LoginStatesTest, ALoginEndsWhereItWasToEnd) {
  const auto started = begin("/guilds/30");
  const auto finished = finish(started.state, started.cookie);
  EXPECT_TRUE(finished.valid);
  EXPECT_EQ(finished.login->return_to, "/guilds/30");
  EXPECT_EQ(finished.login->redirect_uri, "https://bot.example.org/api/auth/callback");
}

TEST_F(LoginStatesTest, AStateWorksOnce) {
  const auto started = begin("/docs");
  EXPECT_TRUE(finish(started.state, started.cookie).valid);
  const auto again = finish(started.state, started.cookie);
  EXPECT_FALSE(again.valid);
  EXPECT_EQ(again.login->return_to, "/docs") << "so that the person can go on";
}

TEST_F(LoginStatesTest, AStateWorksOnceAlsoForTwoAtTheSameTime) {
  const auto started = begin("/docs");
  auto first = start(states_.finish(started.state, started.cookie));
  auto second = start(states_.finish(started.state, started.cookie));
  EXPECT_NE(first.get().valid, second.get().valid);
}

TEST_F(LoginStatesTest, AnyNumberOfTabsMayLogIn) {
  const auto first = begin("/one");
  const auto second = begin("/two", first.cookie);
  EXPECT_EQ(second.cookie, first.cookie);
  EXPECT_NE(second.state, first.state);
  EXPECT_TRUE(finish(second.state, second.cookie).valid);
  EXPECT_TRUE(finish(first.state, first.cookie).valid);
}

TEST_F(LoginStatesTest, AStateBelongsToItsBrowser) {
  const auto first = begin("/one");
  const auto second = begin("/two");
  EXPECT_NE(first.cookie, second.cookie);
  EXPECT_FALSE(finish(first.state, second.cookie).valid);
  EXPECT_FALSE(finish(first.state, "").valid);
  EXPECT_TRUE(finish(first.state, first.cookie).valid) << "a refused attempt uses nothing up";
}

TEST_F(LoginStatesTest, AStateExpires) {
  const auto started = begin("/docs");
  clock_.advance(LoginStates::lifetime);
  EXPECT_FALSE(finish(started.state, started.cookie).valid);
}

TEST_F(LoginStatesTest, AStateMustBeOurs) {
  const auto started = begin("/docs");
  auto forged = started.state;
  forged[forged.size() / 2] = forged[forged.size() / 2] == 'A' ? 'B' : 'A';
  for (const auto& state : {forged, std::string(), token_key_.encrypt("{}")}) {
    const auto finished = finish(state, started.cookie);
    EXPECT_FALSE(finished.valid);
    EXPECT_FALSE(finished.login);
  }
}

TEST_F(LoginStatesTest, ACookieThatIsNoSecretIsReplaced) {
  EXPECT_NE(begin("/", "chosen-by-somebody").cookie, "chosen-by-somebody");
}

}  // namespace
}  // namespace guildhall::server
