#include "bot/match/triggers.hpp"

#include <gtest/gtest.h>

namespace guildhall::bot {
namespace {

using base::CommandId;

Triggers triggers(std::string prefix) {
  Triggers made(std::move(prefix));
  made.add(CommandId{3}, 1, "hello");
  made.add(CommandId{1}, 2, "he");
  made.add(CommandId{2}, 1, "Hello");
  made.add(CommandId{4}, 1, "\U0001F916");
  made.sort();
  return made;
}

TEST(Triggers, AreMatchedWhole) {
  const auto guild = triggers("!");
  EXPECT_EQ(guild.match("!hello")->command, CommandId{3});
  EXPECT_EQ(guild.match("!he")->command, CommandId{1});
  EXPECT_EQ(guild.match("!he")->revision, 2U);
  EXPECT_EQ(guild.match("!\U0001F916 x")->command, CommandId{4});
  for (const auto* content :
       {"", "!", "!h", "!hell", "!helloo", "hello", "! hello", "!!hello", " !hello", "!hello\x07"}) {
    EXPECT_FALSE(guild.match(content)) << content;
  }
}

TEST(Triggers, AreMatchedInTheirCase) {
  const auto guild = triggers("!");
  EXPECT_EQ(guild.match("!Hello")->command, CommandId{2});
  EXPECT_FALSE(guild.match("!HELLO"));
}

TEST(Triggers, WhatFollowsAreTheArguments) {
  const auto guild = triggers("!");
  const auto match = guild.match("!hello  World\nand all");
  EXPECT_EQ(match->trigger, "hello");
  EXPECT_EQ(match->arguments, "  World\nand all");
  EXPECT_EQ(guild.match("!hello\u3000World")->arguments, "\u3000World");
  EXPECT_EQ(guild.match("!hello")->arguments, "");
}

TEST(Triggers, ThePrefixMayBeAnyWord) {
  EXPECT_EQ(triggers("bot:").match("bot:hello")->command, CommandId{3});
  EXPECT_EQ(triggers("\U0001F916").match("\U0001F916hello")->command, CommandId{3});
  EXPECT_FALSE(triggers("bot:").match("Bot:hello"));
}

}  // namespace
}  // namespace guildhall::bot
