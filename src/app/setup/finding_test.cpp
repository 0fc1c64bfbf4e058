#include "app/setup/finding.hpp"

#include <gmock/gmock.h>

namespace guildhall::app {
namespace {

const Findings some{ok("disk", "3 GB are free."), warning("files", "Others can read it.", "Run chmod."),
                    failed("port", "It is taken.", "Choose another.")};

TEST(Finding, TheWorstCounts) {
  EXPECT_EQ(verdict_of({}), Verdict::ok);
  EXPECT_EQ(verdict_of(std::span(some).first(2)), Verdict::warning);
  EXPECT_EQ(verdict_of(some), Verdict::failed);
  EXPECT_EQ(summary(some), "1 failed, 1 warning, 1 ok");
}

TEST(Finding, IsALineWithItsRemedyBelow) {
  EXPECT_EQ(to_text(some[0]), "ok       disk                 3 GB are free.\n");
  EXPECT_EQ(to_text(some[2]),
            "failed   port                 It is taken.\n                              -> Choose another.\n");
}

TEST(Finding, IsJsonForTools) {
  EXPECT_EQ(to_json(std::span(some).first(2), "1.0"),
            R"({"version":"1.0","verdict":"warning","checks":[)"
            R"({"check":"disk","verdict":"ok","text":"3 GB are free.","remedy":null},)"
            R"({"check":"files","verdict":"warning","text":"Others can read it.","remedy":"Run chmod."}]})");
}

TEST(Finding, SecretsAreTakenOutOfTexts) {
  config::Environment environment;
  environment.offer("JWT_SECRET", "aaaa1,bbbb2", "a test");
  environment.offer("HTTPS_PROXY", "http://user:pass@proxy.example:3128", "a test");
  environment.offer("DB_PASS", "x", "a test");
  environment.offer("HOST", "host.example", "a test");
  EXPECT_EQ(without_secrets("bbbb2 and aaaa1, user:pass@ at host.example, x", environment),
            "<redacted> and <redacted>, <redacted>@ at host.example, x");
}

}  // namespace
}  // namespace guildhall::app
