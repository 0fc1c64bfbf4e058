#include "sim/interactions/command_call.hpp"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>

#include "sim/interactions/command_form.hpp"
#include "sim/world/world_json.hpp"

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;

class CommandCallTest : public testing::Test {
 protected:
  void add(const object& body) {
    FormProblems problems;
    auto command = read_command(body, problems);
    ASSERT_TRUE(problems.empty());
    ASSERT_NE(commands.put(std::move(command), [this] { return ++last; }), nullptr);
  }
  base::Result<object> call(std::string_view name, const object& options) {
    const auto called = find_called(commands, guild.id, name);
    if (!called) return called.error();
    return command_data(*called, options, world, &guild);
  }
  std::string wrong_field(std::string_view name, const object& options) { return call(name, options).error().field; }

  std::uint64_t last = 100;
  World world = demo_world();
  const Guild& guild = *world.find_guild(GuildId{3000000000000000001});
  CommandRegistry commands;
};

TEST_F(CommandCallTest, OptionsAreTakenByNameAndType) {
  add({{"name", "ping"},
       {"description", "d"},
       {"options", array{object{{"type", 3}, {"name", "input"}, {"description", "d"}, {"max_length", 5}},
                         object{{"type", 4}, {"name", "count"}, {"description", "d"}, {"max_value", 3}}}}});
  const auto data = call("ping", {{"count", 2}, {"input", "hi"}}).value();
  EXPECT_EQ(data.at("name"), "ping");
  EXPECT_EQ(data.at("options"), (array{object{{"name", "input"}, {"type", 3}, {"value", "hi"}},
                                       object{{"name", "count"}, {"type", 4}, {"value", 2}}}));
  EXPECT_FALSE(call("ping", {}).value().contains("options"));
  EXPECT_EQ(wrong_field("ping", {{"output", "x"}}), "/options/output");
  EXPECT_EQ(wrong_field("ping", {{"input", "longer"}}), "/options/input");
  EXPECT_EQ(wrong_field("ping", {{"input", 5}}), "/options/input");
  EXPECT_EQ(wrong_field("ping", {{"count", 4}}), "/options/count");
}

TEST_F(CommandCallTest, SubCommandsAreNested) {
  add({{"name", "tag"},
       {"description", "d"},
       {"options",
        array{object{
            {"type", 1},
            {"name", "add"},
            {"description", "d"},
            {"options", array{object{{"type", 3}, {"name", "name"}, {"description", "d"}, {"required", true}}}}}}}});
  const auto data = call("tag add", {{"name", "x"}}).value();
  EXPECT_EQ(data.at("options").at(0).at("name"), "add");
  EXPECT_EQ(data.at("options").at(0).at("options").at(0).at("value"), "x");
  EXPECT_EQ(wrong_field("tag add", {}), "/options/name") << "it is required";
  EXPECT_EQ(wrong_field("tag", {}), "/name") << "only its sub-commands can be called";
  EXPECT_EQ(wrong_field("tag nonsense", {}), "/name");
}

TEST_F(CommandCallTest, IdsAreResolved) {
  add({{"name", "who"},
       {"description", "d"},
       {"options", array{object{{"type", 6}, {"name", "user"}, {"description", "d"}}}}});
  const auto data = call("who", {{"user", "2000000000000000001"}}).value();
  EXPECT_EQ(data.at("resolved").at("users").at("2000000000000000001").at("username"), "ada");
  EXPECT_TRUE(data.at("resolved").at("members").as_object().contains("2000000000000000001"));
  EXPECT_EQ(wrong_field("who", {{"user", "5"}}), "/options/user");
}

TEST_F(CommandCallTest, PermissionsDecideWhoMayCall) {
  add({{"name", "open"}, {"description", "d"}});
  add({{"name", "manage"}, {"description", "d"}, {"default_member_permissions", "32"}});
  add({{"name", "closed"}, {"description", "d"}, {"default_member_permissions", "0"}});
  const auto may = [&](std::string_view name, Permissions held) {
    return may_call(*find_called(commands, guild.id, name)->command, held);
  };
  EXPECT_TRUE(may("open", {}));
  EXPECT_FALSE(may("manage", {}));
  EXPECT_TRUE(may("manage", manage_guild));
  EXPECT_FALSE(may("closed", manage_guild));
  EXPECT_TRUE(may("closed", administrator));
}

}  // namespace
}  // namespace guildhall::sim
