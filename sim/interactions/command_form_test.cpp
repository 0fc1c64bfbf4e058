#include "sim/interactions/command_form.hpp"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;

object option(int type, std::string_view name) { return {{"type", type}, {"name", name}, {"description", "d"}}; }
object command(array options) { return {{"name", "c"}, {"description", "d"}, {"options", std::move(options)}}; }

bool refuses_command(const object& body, std::string_view code) {
  FormProblems problems;
  (void)read_command(body, problems);
  return boost::json::serialize(problems.error().errors).find("\"" + std::string(code) + "\"") != std::string::npos;
}

bool sound(const object& body) {
  FormProblems problems;
  (void)read_command(body, problems);
  return problems.empty();
}

TEST(ReadCommand, FillsInWhatDiscordShows) {
  FormProblems problems;
  const auto read =
      read_command({{"name", "ping"}, {"description", "Pings"}, {"default_member_permissions", "32"}}, problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(read.name, "ping");
  EXPECT_EQ(read.definition.at("type"), 1);
  EXPECT_EQ(read.definition.at("default_member_permissions"), "32");
  EXPECT_EQ(read.definition.at("integration_types"), (array{0}));
  EXPECT_FALSE(read.definition.contains("options"));
}

TEST(ReadCommand, NamesAreShortAndInLowerCase) {
  for (const std::string& name : std::vector<std::string>{"", "Ping", "two words", "p!", std::string(33, 'p')}) {
    EXPECT_FALSE(sound({{"name", name}, {"description", "d"}})) << name;
  }
  EXPECT_TRUE(sound({{"name",
                      "\xC3\xA9"
                      "cole-2"},
                     {"description", "d"}}));
  EXPECT_TRUE(sound({{"name", "Two Words"}, {"type", 2}})) << "entries of a context menu are not typed";
  EXPECT_TRUE(refuses_command({{"name", "ping"}}, "BASE_TYPE_REQUIRED")) << "a chat input has a description";
  EXPECT_TRUE(refuses_command({{"name", "ping"}, {"description", "d"}, {"default_member_permissions", "all"}},
                              "NUMBER_TYPE_COERCE"));
}

TEST(ReadCommand, OptionsHaveAnOrderAndNamesOfTheirOwn) {
  auto required = option(3, "b");
  required["required"] = true;
  EXPECT_TRUE(sound(command({required, option(3, "a")})));
  EXPECT_TRUE(refuses_command(command({option(3, "a"), required}), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"));
  EXPECT_TRUE(
      refuses_command(command({option(3, "a"), option(4, "a")}), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"));
  EXPECT_TRUE(refuses_command(command(array(26, option(3, "a"))), "BASE_TYPE_MAX_LENGTH"));
}

TEST(ReadCommand, SubCommandsStandAloneAndNestTwiceAtMost) {
  auto sub = option(1, "sub");
  sub["options"] = array{option(3, "a")};
  auto group = option(2, "group");
  group["options"] = array{sub};
  EXPECT_TRUE(sound(command({group, sub})));
  EXPECT_TRUE(refuses_command(command({sub, option(3, "b")}), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"));
  auto deep = option(1, "deep");
  deep["options"] = array{sub};
  EXPECT_TRUE(refuses_command(command({deep}), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"));
}

TEST(ReadCommand, ChoicesAreOfTheTypeOfTheOption) {
  auto number = option(4, "n");
  number["choices"] = array{object{{"name", "one"}, {"value", 1}}};
  EXPECT_TRUE(sound(command({number})));
  number["choices"] = array{object{{"name", "one"}, {"value", "first"}}};
  EXPECT_FALSE(sound(command({number})));
  auto flag = option(5, "f");
  flag["choices"] = array{object{{"name", "yes"}, {"value", true}}};
  EXPECT_FALSE(sound(command({flag})));
}

}  // namespace
}  // namespace guildhall::sim
