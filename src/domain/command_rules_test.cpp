#include "domain/command_rules.hpp"

#include <gtest/gtest.h>

namespace guildhall::domain {
namespace {

using base::Errc;

base::Result<void> check(std::string trigger, const database::CommandFacts& facts) {
  database::Command command;
  command.trigger = std::move(trigger);
  return check_command(command, facts);
}

TEST(CommandRules, ATriggerDoesNotStartWithThePrefix) {
  const auto refused = check("!hello", {.prefix = "!"});
  EXPECT_EQ(refused.error().code, Errc::invalid);
  EXPECT_EQ(refused.error().field, "/trigger");
  EXPECT_TRUE(check("hello!", {.prefix = "!"}));
}

TEST(CommandRules, ATriggerIsUnique) {
  const auto refused = check("hello", {.prefix = "!", .others = 1, .trigger_taken = true});
  EXPECT_EQ(refused.error().code, Errc::conflict);
  EXPECT_EQ(refused.error().field, "/trigger");
}

TEST(CommandRules, AGuildHasALimitedNumber) {
  EXPECT_TRUE(check("hello", {.prefix = "!", .others = max_commands - 1}));
  const auto refused = check("hello", {.prefix = "!", .others = max_commands});
  EXPECT_EQ(refused.error().code, Errc::conflict);
  EXPECT_EQ(refused.error().field, "");
}

TEST(CommandRules, APrefixStartsNoTrigger) {
  const std::vector<std::string> triggers{"hello", "?help"};
  EXPECT_TRUE(check_prefix("!", triggers));
  EXPECT_TRUE(check_prefix("?H", triggers)) << "case matters";
  EXPECT_TRUE(check_prefix("?", {}));
  EXPECT_EQ(check_prefix("?", triggers).error().field, "/prefix");
}

}  // namespace
}  // namespace guildhall::domain
