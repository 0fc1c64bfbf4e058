#include "sim/rest/command_routes.hpp"

#include "sim/rest/bot_fixture.hpp"

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;
using net::Method;

class CommandRoutesTest : public BotTest {
 protected:
  const std::string everywhere = "/applications/1150000000000000000/commands";
  const std::string in_workshop = "/applications/1150000000000000000/guilds/3000000000000000001/commands";
  const object ping{{"name", "ping"}, {"description", "Pings"}};
};

TEST_F(CommandRoutesTest, ACommandIsMadeReadChangedAndDeleted) {
  const auto made = post(everywhere, ping);
  EXPECT_EQ(made.status, 201U);
  EXPECT_EQ(post(everywhere, ping).status, 200U) << "it takes its own place";
  const auto path = everywhere + "/" + id_of(made);
  const auto changed = json(patch(path, object{{"description", "Pongs"}}));
  EXPECT_EQ(changed.at("description"), "Pongs");
  EXPECT_EQ(changed.at("name"), "ping");
  EXPECT_NE(changed.at("version"), json(made).at("version"));
  EXPECT_EQ(json(get(everywhere)).as_array().size(), 1U);
  EXPECT_EQ(ask(Method::delete_, path).status, 204U);
  EXPECT_EQ(code(get(path)), 10063);
}

TEST_F(CommandRoutesTest, AGuildsCommandsAreItsOwn) {
  EXPECT_EQ(json(post(in_workshop, ping)).at("guild_id"), "3000000000000000001");
  EXPECT_TRUE(json(get(everywhere)).as_array().empty());
  EXPECT_EQ(code(get("/applications/1150000000000000000/guilds/3000000000000000003/commands")), 50001);
  EXPECT_EQ(code(get("/applications/5/commands")), 20012);
}

TEST_F(CommandRoutesTest, OverwritingIsAllOrNothing) {
  post(everywhere, ping);
  const auto wrong =
      ask(Method::put, everywhere, array{object{{"name", "a"}, {"description", "d"}}, object{{"name", "B"}}});
  EXPECT_EQ(wrong.status, 400U);
  EXPECT_EQ(json(wrong).at_pointer("/errors/1/name/_errors/0/code"), "APPLICATION_COMMAND_INVALID_NAME");
  EXPECT_EQ(json(get(everywhere)).at(0).at("name"), "ping");
  const auto twice = ask(Method::put, everywhere, array{ping, ping});
  EXPECT_EQ(json(twice).at_pointer("/errors/1/_errors/0/code"), "APPLICATION_COMMANDS_DUPLICATE_NAME");

  const auto set = json(ask(Method::put, everywhere, array{object{{"name", "a"}, {"description", "d"}}}));
  ASSERT_EQ(set.as_array().size(), 1U);
  EXPECT_EQ(set.at(0).at("name"), "a");
}

}  // namespace
}  // namespace guildhall::sim
