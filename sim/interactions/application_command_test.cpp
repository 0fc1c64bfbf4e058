#include "sim/interactions/application_command.hpp"

#include <gtest/gtest.h>

namespace guildhall::sim {
namespace {

class CommandRegistryTest : public testing::Test {
 protected:
  static ApplicationCommand command(std::string name, std::string description = "d",
                                    std::optional<GuildId> guild = {}) {
    ApplicationCommand made;
    made.guild = guild;
    made.name = std::move(name);
    made.definition = {{"name", made.name}, {"description", description}};
    return made;
  }
  const ApplicationCommand* put(ApplicationCommand made) { return registry.put(std::move(made), new_id); }

  std::uint64_t last = 100;
  CommandRegistry::NewId new_id = [this] { return ++last; };
  CommandRegistry registry;
};

TEST_F(CommandRegistryTest, OneOfTheSameNameTakesThePlaceAndKeepsTheId) {
  const auto id = put(command("ping"))->id;
  const auto version = registry.find({}, id)->version;
  put(command("ping"));
  EXPECT_EQ(registry.find({}, id)->version, version) << "nothing has changed";
  put(command("ping", "other"));
  EXPECT_EQ(registry.list({}).size(), 1U);
  EXPECT_NE(registry.find({}, id)->version, version);
}

TEST_F(CommandRegistryTest, AGuildSeesItsOwnAndThoseThatAreEverywhere) {
  put(command("ping"));
  put(command("tag", "d", GuildId{1}));
  EXPECT_EQ(registry.list(GuildId{1}).size(), 1U);
  EXPECT_EQ(registry.visible_in(GuildId{1}).size(), 2U);
  EXPECT_EQ(registry.visible_in(GuildId{2}).size(), 1U);
}

TEST_F(CommandRegistryTest, OverwritingRemovesTheOthersOfTheScope) {
  const auto id = put(command("ping"))->id;
  put(command("old"));
  put(command("tag", "d", GuildId{1}));
  registry.overwrite({}, {command("new"), command("ping")}, new_id);
  EXPECT_EQ(registry.list({}).size(), 2U);
  EXPECT_NE(registry.find({}, id), nullptr) << "what stays keeps its id";
  EXPECT_EQ(registry.list(GuildId{1}).size(), 1U) << "another scope";
}

TEST_F(CommandRegistryTest, AScopeIsFullAtSomeTime) {
  for (std::size_t i = 0; i < CommandRegistry::chat_inputs_per_scope; ++i) {
    EXPECT_NE(put(command("c" + std::to_string(i))), nullptr);
  }
  EXPECT_EQ(put(command("more")), nullptr);
  EXPECT_NE(put(command("c1", "changed")), nullptr);
  EXPECT_NE(put(command("more", "d", GuildId{1})), nullptr);
}

TEST_F(CommandRegistryTest, ANameIsNotTakenTwice) {
  put(command("ping"));
  ApplicationCommand renamed = *put(command("pong"));
  renamed.name = "ping";
  EXPECT_FALSE(registry.change(renamed, new_id));
  renamed.name = "peng";
  EXPECT_TRUE(registry.change(renamed, new_id));
  EXPECT_EQ(registry.find({}, renamed.id)->name, "peng");
}

}  // namespace
}  // namespace guildhall::sim
