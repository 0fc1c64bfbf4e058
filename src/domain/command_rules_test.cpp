#include "domain/command_rules.hpp"

#include <gtest/gtest.h>

#include "api/errors.hpp"

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
  EXPECT_FALSE(check("Bothello", {.prefix = "bot"}));
  EXPECT_FALSE(check("\u2764hello", {.prefix = "\u2764\uFE0F"}));
  EXPECT_FALSE(check("<:renamed:7>hello", {.prefix = "<:hall:7>"}));
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

TEST(CommandRules, AGuildsCommandsHaveALimitInBytes) {
  database::Command command;
  command.trigger = "hello";
  command.response = std::string(995, 'x');
  const auto check_with = [&](std::uint64_t others_size, const database::Command* before = nullptr) {
    return check_command(command, {.prefix = "!", .others = 1, .others_size = others_size, .before = before});
  };
  EXPECT_TRUE(check_with(max_commands_size - 1000));
  EXPECT_EQ(check_with(max_commands_size - 999).error().code, Errc::conflict);

  // Whoever is above the limits may still shrink, rename and replace.
  auto before = command;
  before.trigger = "h";
  before.size = 1000;
  EXPECT_TRUE(check_with(10 * max_commands_size, &before));
  before.size = 999;
  EXPECT_EQ(check_with(10 * max_commands_size, &before).error().code, Errc::conflict);
  EXPECT_TRUE(check_with(0, &before));
  EXPECT_TRUE(check_command(command, {.prefix = "!", .others = 2 * max_commands, .before = &before}));
}

TEST(CommandRules, AnOldTriggerIsNotHeldAgainstAChange) {
  database::Command command;
  command.trigger = "!hello";
  const auto before = command;
  EXPECT_TRUE(check_command(command, {.prefix = "!", .before = &before}));
}

TEST(CommandRules, TheErrorsNameTheLimits) {
  EXPECT_NE(api::errors::commands_full.sentence.find(std::to_string(max_commands)), std::string_view::npos);
  EXPECT_NE(api::errors::commands_too_large.sentence.find(std::to_string(max_commands_size >> 20) + " MB"),
            std::string_view::npos);
}

TEST(CommandRules, APrefixStartsNoTrigger) {
  const std::vector<std::string> triggers{"hello", "?help"};
  EXPECT_TRUE(check_prefix("!", triggers));
  EXPECT_FALSE(check_prefix("?H", triggers)) << "for the people who type it";
  EXPECT_TRUE(check_prefix("?a", triggers));
  EXPECT_TRUE(check_prefix("?", {}));
  EXPECT_EQ(check_prefix("?", triggers).error().field, "/prefix");
}

}  // namespace
}  // namespace guildhall::domain
