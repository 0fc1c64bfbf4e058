#include "config/demo.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <set>
#include <thread>

#include "config/config.hpp"
#include "testing/temporary_directory.hpp"

namespace guildhall::config {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class Demo : public testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path data() const { return directory_.path() / "deeper" / "data"; }
  [[nodiscard]] std::filesystem::path secret_file() const { return data() / "jwt_secret"; }

  std::string refusal() const {
    try {
      static_cast<void>(read_or_create_jwt_secret(secret_file()));
    } catch (const Error& error) {
      return error.what();
    }
    return "accepted";
  }

  test::TemporaryDirectory directory_;
};

mode_t mode_of(const std::filesystem::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
}

TEST_F(Demo, NeedsNoVariables) {
  Environment environment;
  apply_demo(environment, data(), "http://127.0.0.1:1234");
  const Config config = load(environment);
  EXPECT_EQ(config.discord.api_url, "http://127.0.0.1:1234/api/v10");
  EXPECT_EQ(config.discord.authorize_url, "http://127.0.0.1:1234/oauth2/authorize");
  EXPECT_FALSE(config.discord.bot_token.empty());
  EXPECT_EQ(config.jwt.keys.size(), 1U);
}

TEST_F(Demo, KeepsVariablesThatAreSet) {
  Environment environment;
  environment.offer("DISCORD_CLIENT_ID", "5", "test");
  environment.offer("JWT_SECRET", std::string(64, '0'), "test");
  apply_demo(environment, data());
  const Config config = load(environment);
  EXPECT_EQ(config.discord.client_id, "5");
  EXPECT_EQ(config.jwt.keys.front().reveal(), std::string(32, '\0'));
  EXPECT_FALSE(std::filesystem::exists(data()));
}

TEST_F(Demo, OnlyTheOwnerCanReadTheSecret) {
  const std::string secret = read_or_create_jwt_secret(secret_file());
  EXPECT_THAT(secret, testing::MatchesRegex("[0-9a-f]{64}"));
  EXPECT_EQ(read_or_create_jwt_secret(secret_file()), secret);
  EXPECT_EQ(mode_of(secret_file()), 0600U);
  EXPECT_EQ(mode_of(data()), 0700U);
  // No draft is left.
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(data()), {}), 1);
}

TEST_F(Demo, ProgramsThatStartAtOnceGetTheSameSecret) {
  std::array<std::string, 8> secrets;
  std::vector<std::jthread> starts;
  for (auto& secret : secrets) starts.emplace_back([&] { secret = read_or_create_jwt_secret(secret_file()); });
  starts.clear();
  EXPECT_EQ(std::set<std::string>(secrets.begin(), secrets.end()).size(), 1U);
}

TEST_F(Demo, SecretThatOthersCanReadIsRefused) {
  static_cast<void>(read_or_create_jwt_secret(secret_file()));
  std::filesystem::permissions(secret_file(), std::filesystem::perms(0644));
  EXPECT_THAT(refusal(), AllOf(HasSubstr(secret_file().string()), HasSubstr("chmod 600")));
}

TEST_F(Demo, InvalidSecretIsRefusedAndKept) {
  static_cast<void>(read_or_create_jwt_secret(secret_file()));
  std::ofstream(secret_file()) << "hunter2";
  EXPECT_THAT(refusal(), AllOf(HasSubstr("expected 64 hex digits"), testing::Not(HasSubstr("hunter2"))));
  std::ifstream in(secret_file());
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), "hunter2");
}

TEST_F(Demo, ErrorNamesADirectoryThatCannotBeCreated) {
  std::ofstream(directory_.path() / "deeper") << "a file in its place";
  EXPECT_THAT(refusal(), HasSubstr(data().string()));
}

}  // namespace
}  // namespace guildhall::config
