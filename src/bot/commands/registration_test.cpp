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

/// The command that Discord makes for Activities.
json::object entry_point() {
  return {{"id", "900"}, {"application_id", "1"}, {"version", "5"}, {"name", "launch"}, {"type", 4}, {"handler", 2}};
}

TEST(Registration, SeesWhetherCommandsDiffer) {
  const auto wanted = slash_command_definitions();
  auto shown = as_discord_returns(wanted);
  EXPECT_TRUE(has_commands(shown, wanted));
  std::swap(shown[0], shown[1]);
  EXPECT_TRUE(has_commands(shown, wanted));

  auto other = shown;
  other[2].as_object()["description"] = "Another.";
  EXPECT_FALSE(has_commands(other, wanted));
  other = shown;
  other.pop_back();
  EXPECT_FALSE(has_commands(other, wanted));
  other = shown;
  other[0].as_object()["nsfw"] = true;
  EXPECT_FALSE(has_commands(other, wanted));
  other = shown;
  for (auto& command : other) command.as_object().erase("options");
  EXPECT_FALSE(has_commands(other, wanted));
  other = shown;
  for (auto& command : other) command.as_object()["contexts"] = json::array{0, 1, 2};
  EXPECT_FALSE(has_commands(other, wanted)) << "two of them say where they are";
}

TEST(Registration, IgnoresWhatDiscordFillsInAndAdds) {
  const auto wanted = slash_command_definitions();
  auto shown = as_discord_returns(wanted);
  for (auto& value : shown) {
    auto& command = value.as_object();
    command["default_permission"] = true;
    command["global_popularity_rank"] = 3;
    if (command["contexts"].is_null()) command["contexts"] = json::array{0, 1, 2};
    auto* options = command.if_contains("options");
    if (options == nullptr) continue;
    for (auto& option : options->as_array()) {
      option.as_object()["autocomplete"] = false;
      option.as_object()["choices"] = json::array();
      option.as_object()["new_member"] = json::object{{"a", 1}};
    }
  }
  shown.push_back(entry_point());
  EXPECT_TRUE(has_commands(shown, wanted));
}

TEST(Registration, RegistersOnlyWhatDiffers) {
  test_support::Store store;
  test::TestLoop loop;
  test_support::FakeDiscord discord;
  EXPECT_EQ(loop.run(register_slash_commands(discord, discord::ApplicationId{1}, store.log)), "");
  EXPECT_EQ(discord.overwrites, 1);
  EXPECT_EQ(discord.commands, slash_command_definitions());
  discord.commands = as_discord_returns(discord.commands);
  loop.run(register_slash_commands(discord, discord::ApplicationId{1}, store.log));
  EXPECT_EQ(discord.overwrites, 1);
}

TEST(Registration, KeepsCommandsThatAreNotOurs) {
  const json::object menu{{"id", "901"}, {"application_id", "1"}, {"version", "6"}, {"name", "ping"}, {"type", 2}};
  const json::object old{{"id", "902"}, {"name", "ping"}, {"type", 1}, {"description", "An older one."}};
  const auto all = with_others(slash_command_definitions(), {entry_point(), menu, old});
  ASSERT_EQ(all.size(), slash_commands().size() + 2);
  auto kept = entry_point();
  kept.erase("application_id");
  kept.erase("version");
  EXPECT_EQ(all[all.size() - 2], json::value(kept));
  EXPECT_EQ(all.back().at("id"), "901");
}

TEST(Registration, ARefusalSaysWhatToDo) {
  test_support::Store store;
  test::TestLoop loop;
  test_support::FakeDiscord discord;
  for (int i = 0; i < 2; ++i) {
    discord.command_refusals.push_back(test_support::discord_error(base::Errc::refused, 50240));
  }
  const auto refusal = loop.run(register_slash_commands(discord, discord::ApplicationId{1}, store.log));
  EXPECT_EQ(discord.overwrites, 2) << "the list may have been old";
  EXPECT_NE(refusal.find("Entry Point"), std::string::npos) << refusal;
  EXPECT_EQ(store.records->messages().back(), refusal);
  EXPECT_EQ(loop.run(register_slash_commands(discord, discord::ApplicationId{1}, store.log)), "");
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
