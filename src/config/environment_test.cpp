#include "config/environment.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "testing/temporary_directory.hpp"

namespace guildhall::config {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class EnvironmentFile : public testing::Test {
 protected:
  EnvironmentFile() {
    ::unsetenv("PORT");
    ::unsetenv("HOST");
  }
  ~EnvironmentFile() override { ::unsetenv("PORT"); }

  std::filesystem::path write(std::string_view text) const {
    const auto file = directory_.path() / ".env";
    std::ofstream(file) << text;
    return file;
  }

  test::TemporaryDirectory directory_;
};

TEST_F(EnvironmentFile, TheProcessTakesPrecedenceOverTheFile) {
  ::setenv("PORT", "9000", 1);
  const Environment environment = read_environment(write("PORT=1\nHOST=::1\n"), EnvFile::required);
  ASSERT_NE(environment.find("PORT"), nullptr);
  EXPECT_EQ(environment.find("PORT")->value, "9000");
  EXPECT_EQ(environment.find("PORT")->origin, "the environment");
  ASSERT_NE(environment.find("HOST"), nullptr);
  EXPECT_EQ(environment.find("HOST")->value, "::1");
  EXPECT_THAT(environment.find("HOST")->origin, testing::EndsWith(".env:2"));
}

TEST_F(EnvironmentFile, AnEmptyValueCountsAsUnset) {
  const Environment environment = read_environment(write("PORT=1\nHOST=\n"), EnvFile::required);
  ASSERT_NE(environment.find("PORT"), nullptr);
  EXPECT_EQ(environment.find("PORT")->value, "1");
  EXPECT_EQ(environment.find("HOST"), nullptr);
}

TEST_F(EnvironmentFile, AnEmptyValueOfTheProcessHidesTheFiles) {
  ::setenv("PORT", "", 1);
  Environment environment = read_environment(write("PORT=1\n"), EnvFile::required);
  EXPECT_EQ(environment.find("PORT"), nullptr);
  environment.offer("PORT", "2", "--demo");
  EXPECT_EQ(environment.find("PORT")->value, "2");
}

TEST_F(EnvironmentFile, TheLowerCaseNameOfAProxyComesFirst) {
  const auto proxy = [](const Environment& environment) {
    const auto* const found = environment.find("HTTPS_PROXY");
    return found == nullptr ? std::string("none") : found->value;
  };
  const auto file = write("HTTPS_PROXY=http://upper.file\nhttps_proxy=http://lower.file\n");
  EXPECT_EQ(proxy(read_environment(file, EnvFile::required)), "http://lower.file");
  EXPECT_THAT(misspelling_warnings(read_environment(file, EnvFile::required)), IsEmpty());
  ::setenv("HTTPS_PROXY", "http://upper", 1);
  EXPECT_EQ(proxy(read_environment(file, EnvFile::required)), "http://upper") << "the process wins in either case";
  ::setenv("https_proxy", "http://lower", 1);
  EXPECT_EQ(proxy(read_environment(file, EnvFile::required)), "http://lower");
  ::setenv("https_proxy", "", 1);
  EXPECT_EQ(proxy(read_environment(file, EnvFile::required)), "none") << "an empty one hides the others";
  ::unsetenv("https_proxy");
  ::unsetenv("HTTPS_PROXY");
}

TEST_F(EnvironmentFile, ALineThatDockerRunPassesOnMeansTheSame) {
  ::setenv("PORT", "\"9000\" # of the service", 1);
  const Environment quoted = read_environment(directory_.path() / "none", EnvFile::optional);
  EXPECT_EQ(quoted.find("PORT")->value, "9000");
  EXPECT_THAT(quoted.warnings(), IsEmpty());
  ::setenv("PORT", "9000 # of the service", 1);
  const Environment bare = read_environment(directory_.path() / "none", EnvFile::optional);
  EXPECT_EQ(bare.find("PORT")->value, "9000");
  EXPECT_THAT(bare.warnings(), IsEmpty()) << "the number tells that the rest is a comment";
}

TEST_F(EnvironmentFile, WhereReadersDifferAWarningSaysSo) {
  const auto file = write("PORT=1 # a number\nBOT_ACTIVITY=chess # and go\nDB_PASS=a$b\nexport HOST=::1\nOTHER=$x\n");
  EXPECT_THAT(read_environment(file, EnvFile::required).warnings(),
              ElementsAre(HasSubstr(".env:2: BOT_ACTIVITY: the comment"), HasSubstr(".env:3: DB_PASS: `$`"),
                          HasSubstr(".env:4: HOST: `docker run --env-file`")));
  ::setenv("BOT_ACTIVITY", "chess # and go", 1);
  EXPECT_THAT(read_environment(directory_.path() / "none", EnvFile::optional).warnings(),
              ElementsAre(HasSubstr("BOT_ACTIVITY (from the environment)")));
  ::unsetenv("BOT_ACTIVITY");
}

TEST_F(EnvironmentFile, TheLastLineForANameWins) {
  const Environment environment = read_environment(write("PORT=1\nPORT=2\nHOST=a\nHOST=\n"), EnvFile::required);
  EXPECT_EQ(environment.find("PORT")->value, "2");
  EXPECT_EQ(environment.find("HOST"), nullptr);
}

TEST_F(EnvironmentFile, MayBeMissingOnlyWhereItIsOptional) {
  EXPECT_THAT(read_environment(directory_.path() / "none", EnvFile::optional).variables(), IsEmpty());
  EXPECT_THROW(static_cast<void>(read_environment(directory_.path() / "none", EnvFile::required)), Error);
}

TEST_F(EnvironmentFile, ErrorNamesADirectory) {
  try {
    static_cast<void>(read_environment(directory_.path(), EnvFile::optional));
    FAIL() << "a directory was read";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr(directory_.path().string()), HasSubstr("cannot be read")));
  }
}

TEST(MisspellingWarnings, WarningNamesTheProbableVariable) {
  Environment environment;
  environment.offer("DISCORD_CLIENT_IDD", "x", ".env:1");
  environment.offer("port", "x", ".env:2");
  environment.offer("LOG_COLOUR_OF_LINES", "x", ".env:3");
  EXPECT_THAT(misspelling_warnings(environment),
              ElementsAre("DISCORD_CLIENT_IDD is not a variable of guildhall (.env:1); did you mean DISCORD_CLIENT_ID?",
                          "LOG_COLOUR_OF_LINES is not a variable of guildhall (.env:3)",
                          "port is not a variable of guildhall (.env:2); did you mean PORT?"));
}

TEST(MisspellingWarnings, OtherVariablesCauseNoWarning) {
  Environment environment;
  for (const auto* name : {"PORT", "DB_PASS", "TZ", "NODE_ENV", "SSL_CERT_FILE", "SORTED"}) {
    environment.offer(name, "x", ".env:1");
  }
  EXPECT_THAT(misspelling_warnings(environment), IsEmpty());
}

Environment of(std::initializer_list<std::pair<std::string_view, std::string_view>> variables) {
  Environment environment;
  for (const auto& [name, value] : variables) environment.offer(name, value, "a test");
  return environment;
}

TEST(EnvironmentChanges, TellsWhatItAppliesFromWhatNeedsARestart) {
  const auto changes =
      compare(of({{"PORT", "80"}, {"JWT_SECRET", "a"}}),
              of({{"PORT", "81"}, {"JWT_SECRET", "b"}, {"LOG_LEVEL", "debug"}, {"ADMIN_USER_IDS", "1"}}));
  EXPECT_THAT(changes.reloaded, ElementsAre("JWT_SECRET", "ADMIN_USER_IDS", "LOG_LEVEL"));
  EXPECT_THAT(changes.need_restart, ElementsAre("PORT"));
}

TEST(EnvironmentChanges, AnUnsetVariableHasItsDefault) {
  const auto changes = compare(of({}), of({{"LOG_LEVEL", "info"}, {"HOST", "127.0.0.1"}}));
  EXPECT_THAT(changes.reloaded, IsEmpty());
  EXPECT_THAT(changes.need_restart, IsEmpty());
}

TEST(EnvironmentChanges, AVariableThatIsTakenOutChanges) {
  EXPECT_THAT(compare(of({{"CORS_ORIGINS", "https://a.example"}}), of({})).reloaded, ElementsAre("CORS_ORIGINS"));
}

}  // namespace
}  // namespace guildhall::config
