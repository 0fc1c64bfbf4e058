#include "bot/commands/registration.hpp"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "bot/commands/registry.hpp"
#include "bot/fake_discord.hpp"
#include "bot/test_support.hpp"

namespace guildhall::bot {
namespace {

namespace json = boost::json;

/// What Discord returns for registered definitions.
json::array as_discord_returns(json::array commands) {
  int number = 100;
  for (auto& value : commands) {
    auto& command = value.as_object();
    command["id"] = std::to_string(++number);
    command["application_id"] = "1";
    command["version"] = "77";
    command["nsfw"] = false;
    command["dm_permission"] = true;
    command["name_localizations"] = nullptr;
    command["description_localizations"] = nullptr;
    if (auto* permissions = command.if_contains("default_member_permissions")) {
      *permissions = json::serialize(*permissions);
    }
    for (const auto* name : {"default_member_permissions", "contexts"}) {
      if (!command.contains(name)) command[name] = nullptr;
    }
    if (auto* options = command.if_contains("options")) {
      for (auto& option : options->as_array()) {
        option.as_object()["name_localizations"] = nullptr;
        option.as_object()["required"] = false;
      }
    }
  }
  return commands;
}

TEST(Registration, SeesWhetherCommandsDiffer) {
  const auto wanted = slash_command_definitions();
  auto shown = as_discord_returns(wanted);
  EXPECT_TRUE(same_commands(wanted, shown));
  std::swap(shown[0], shown[1]);
  EXPECT_TRUE(same_commands(wanted, shown));

  auto other = shown;
  other[2].as_object()["description"] = "Another.";
  EXPECT_FALSE(same_commands(wanted, other));
  other = shown;
  other.pop_back();
  EXPECT_FALSE(same_commands(wanted, other));
  other = shown;
  other[0].as_object()["nsfw"] = true;
  EXPECT_FALSE(same_commands(wanted, other));
  other = shown;
  for (auto& command : other) command.as_object().erase("options");
  EXPECT_FALSE(same_commands(wanted, other));
}

TEST(Registration, RegistersOnlyWhatDiffers) {
  test_support::Store store;
  test::TestLoop loop;
  test_support::FakeDiscord discord;
  loop.run(register_slash_commands(discord, discord::ApplicationId{1}, store.log));
  EXPECT_EQ(discord.overwrites, 1);
  EXPECT_EQ(discord.commands, slash_command_definitions());
  discord.commands = as_discord_returns(discord.commands);
  loop.run(register_slash_commands(discord, discord::ApplicationId{1}, store.log));
  EXPECT_EQ(discord.overwrites, 1);
}

TEST(Registry, HasValidDefinitions) {
  for (const auto& value : slash_command_definitions()) {
    const auto& command = value.as_object();
    EXPECT_EQ(command.at("type"), 1);
    const auto description = command.at("description").as_string();
    EXPECT_TRUE(!description.empty() && description.size() <= 100) << description;
    EXPECT_NE(find_slash_command(command.at("name").as_string()), nullptr);
  }
  const auto prefix = find_slash_command("prefix")->definition();
  EXPECT_EQ(prefix.at("default_member_permissions"), 32);
  EXPECT_EQ(find_slash_command("nothing"), nullptr);
}

}  // namespace
}  // namespace guildhall::bot
