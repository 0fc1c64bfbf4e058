#include "bot/match/triggers.hpp"

#include <gtest/gtest.h>

namespace guildhall::bot {
namespace {

using base::Case;
using base::CommandId;
using base::UserId;

constexpr UserId robot{42};

/// The command that the message starts.
std::optional<Match> match(const Triggers& triggers, std::string_view content) {
  return triggers.match(content, {.bot = robot});
}

Triggers triggers(std::string_view prefix) {
  Triggers made(prefix);
  made.add(CommandId{3}, 1, "hello");
  made.add(CommandId{1}, 2, "he");
  made.add(CommandId{2}, 1, "Bye", Case::keep);
  made.add(CommandId{4}, 1, "\U0001F916");
  made.sort();
  return made;
}

TEST(Triggers, AreMatchedWhole) {
  const auto guild = triggers("!");
  EXPECT_EQ(match(guild, "!hello")->command, CommandId{3});
  EXPECT_EQ(match(guild, "!he")->command, CommandId{1});
  EXPECT_EQ(match(guild, "!he")->revision, 2U);
  EXPECT_EQ(match(guild, "!\U0001F916 x")->command, CommandId{4});
  for (const auto* content :
       {"", "!", "!h", "!hell", "!helloo", "hello", "!!hello", " !hello", "!hello\x07", "! ", "!hel lo"}) {
    EXPECT_FALSE(match(guild, content)) << content;
  }
}

TEST(Triggers, AreMatchedAsPhonesTypeThem) {
  const auto guild = triggers("!");
  for (const auto* content : {"!Hello", "! hello", "!HELLO", "!\nhello", "!\u3000hello", "!hel\u200Blo", "\uFEFF!hello",
                              "!\u2060hello", "! \u200B hello x"}) {
    const auto found = match(guild, content);
    EXPECT_TRUE(found && found->command == CommandId{3}) << content;
  }
  EXPECT_EQ(match(guild, "!\U0001F916\uFE0F")->command, CommandId{4});
}

TEST(Triggers, MayBeCaseSensitive) {
  const auto guild = triggers("!");
  EXPECT_EQ(match(guild, "!Bye")->command, CommandId{2});
  EXPECT_EQ(match(guild, "!B\u200Bye")->command, CommandId{2});
  EXPECT_FALSE(match(guild, "!bye"));
  EXPECT_FALSE(match(guild, "!BYE"));
}

TEST(Triggers, ThatWereDifferentOnceGoOnAnsweringToTheirOwn) {
  Triggers guild("!");
  guild.add(CommandId{9}, 1, "e\u0301");
  guild.add(CommandId{5}, 1, "\u00E9");
  guild.add(CommandId{7}, 1, "hello", Case::keep);
  guild.add(CommandId{6}, 1, "Hello", Case::keep);
  guild.sort();
  EXPECT_EQ(match(guild, "!\u00E9")->command, CommandId{5});
  EXPECT_EQ(match(guild, "!e\u0301")->command, CommandId{9});
  EXPECT_EQ(match(guild, "!\u00C9")->command, CommandId{5}) << "the oldest";
  EXPECT_EQ(match(guild, "!hello")->command, CommandId{7});
  EXPECT_EQ(match(guild, "!Hello")->command, CommandId{6});
  EXPECT_FALSE(match(guild, "!HELLO"));
}

TEST(Triggers, FollowAMentionOfTheBot) {
  const auto guild = triggers("!");
  for (const auto* content : {"<@42> hello", "<@!42> hello", "<@42>hello", "<@42>\n Hello", "<@42> !hello"}) {
    const auto found = match(guild, content);
    EXPECT_TRUE(found && found->command == CommandId{3}) << content;
  }
  for (const auto* content : {"<@43> hello", "<@42", "<@42>", "<@&42> hello", "hello <@42>", "<@> hello", "<@42> x"}) {
    EXPECT_FALSE(match(guild, content)) << content;
  }
}

TEST(Triggers, FollowNothingButAMentionIfAsked) {
  const auto guild = triggers("!");
  const Addressing mentions{.bot = robot, .prefixes = false};
  EXPECT_FALSE(guild.match("!hello", mentions));
  EXPECT_TRUE(guild.match("<@42> hello", mentions));
}

TEST(Triggers, MayBeCustomEmoji) {
  Triggers guild("<:hall:77>");
  guild.add(CommandId{1}, 1, "<:wave:88>");
  guild.sort();
  EXPECT_EQ(match(guild, "<:hall:77> <a:renamed:88> x")->arguments, " x");
  EXPECT_TRUE(match(guild, "<:hall:77><:wave:88>"));
  EXPECT_FALSE(match(guild, "<:hall:77> <:wave:89>"));
  EXPECT_FALSE(match(guild, "<:hall:78> <:wave:88>"));
}

TEST(Triggers, WhatFollowsAreTheArguments) {
  const auto guild = triggers("!");
  const auto found = match(guild, "!hello  World\nand all");
  EXPECT_EQ(found->trigger, "hello");
  EXPECT_EQ(found->arguments, "  World\nand all");
  EXPECT_EQ(match(guild, "!hello\u3000World")->arguments, "\u3000World");
  EXPECT_EQ(match(guild, "!hello")->arguments, "");
}

TEST(Triggers, ThePrefixMayBeAnyWord) {
  EXPECT_EQ(match(triggers("bot:"), "bot:hello")->command, CommandId{3});
  EXPECT_EQ(match(triggers("\U0001F916"), "\U0001F916hello")->command, CommandId{3});
  EXPECT_EQ(match(triggers("bot:"), "Bot: hello")->command, CommandId{3});
}

}  // namespace
}  // namespace guildhall::bot
