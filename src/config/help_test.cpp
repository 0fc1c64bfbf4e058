#include "config/help.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "config/env_file.hpp"
#include "config/option.hpp"

namespace guildhall::config {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string concat(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const auto part : parts) text += part;
  return text;
}

TEST(Help, CommittedEnvExampleIsUpToDate) {
  std::ifstream in(GUILDHALL_SOURCE_DIR "/.env.example");
  std::ostringstream committed;
  committed << in.rdbuf();
  EXPECT_EQ(committed.str(), env_example()) << "run guildhall --env-example > .env.example";
}

TEST(Help, EnvExampleSetsNothing) {
  for (const auto& entry : parse_env_file(env_example(), ".env.example")) EXPECT_EQ(entry.value, "") << entry.name;
}

TEST(Help, HelpAndEnvExampleHaveEveryOption) {
  for (const Section& section : sections()) {
    for (const Option& option : section.options) {
      EXPECT_THAT(environment_help(), HasSubstr(concat({"\n  ", option.name, "\n"})));
      EXPECT_THAT(env_example(), HasSubstr(concat({option.name, "=", option.fallback, "\n"})));
      EXPECT_THAT(environment_help(), HasSubstr(option.doc.substr(0, 40)));
    }
  }
}

TEST(Help, FitsIntoAHundredColumns) {
  std::istringstream lines(environment_help() + env_example());
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100U) << line;
}

TEST(Describe, ShowsOriginsAndNoSecret) {
  Environment environment;
  environment.offer("PORT", "9000", ".env:1");
  environment.offer("DB_PASS", "hunter2", "the environment");
  environment.offer("MY_OTHER_PASSWORD", "hunter3", ".env:2");
  const std::string text = describe(environment);
  EXPECT_THAT(text, HasSubstr("PORT=9000 (.env:1)\n"));
  EXPECT_THAT(text, HasSubstr("DB_PASS=<redacted> (the environment)\n"));
  EXPECT_THAT(text, HasSubstr("HOST=127.0.0.1 (default)\n"));
  EXPECT_THAT(text, Not(HasSubstr("hunter")));
}

}  // namespace
}  // namespace guildhall::config
