#include "sim/control/interaction_controls.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "sim/control/control.hpp"
#include "sim/interactions/command_form.hpp"
#include "sim/world/world_json.hpp"
#include "testing/fake_clock.hpp"

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;
using net::Method;
using namespace std::chrono_literals;

class InteractionControlsTest : public testing::Test {
 protected:
  InteractionControlsTest() {
    FormProblems problems;
    const object ping{{"name", "ping"}, {"description", "d"}, {"default_member_permissions", "32"}};
    EXPECT_NE(sim.commands.put(read_command(ping, problems), [this] { return sim.new_snowflake(); }), nullptr);
    const Guild& guild = *sim.world.find_guild(GuildId{3000000000000000001});
    channel = guild.channels.begin()->first;
  }

  net::Response ask(Method method, std::string target, const object& body = {}) {
    net::Request request;
    request.method = method;
    request.target = std::move(target);
    if (method != Method::get) request.body = boost::json::serialize(body);
    return control.handle(request);
  }
  net::Response interact(object fields) {
    fields.emplace("userId", "2000000000000000001");
    fields.emplace("channelId", channel.to_string());
    return ask(Method::post, "/sim/interactions", fields);
  }
  static boost::json::value json(const net::Response& response) { return boost::json::parse(response.payload()); }
  static std::string field(const net::Response& response) {
    return response.status < 400 ? "" : std::string(json(response).at("field").as_string());
  }

  MessageId post_panel() {
    Message message;
    message.id = MessageId{sim.new_snowflake()};
    message.channel = channel;
    message.author = sim.world.application.bot_user_id();
    const object go{{"type", 2}, {"id", 2}, {"style", 1}, {"label", "x"}, {"custom_id", "go"}};
    const object off{{"type", 2}, {"id", 3}, {"style", 1}, {"label", "x"}, {"custom_id", "off"}, {"disabled", true}};
    const object menu{{"type", 3},       {"id", 5},         {"custom_id", "menu"},
                      {"min_values", 1}, {"max_values", 1}, {"options", array{object{{"label", "L"}, {"value", "v"}}}}};
    message.components = {object{{"type", 1}, {"id", 1}, {"components", array{go, off}}},
                          object{{"type", 1}, {"id", 4}, {"components", array{menu}}}};
    return sim.messages.add(message).id;
  }

  test::FakeClock clock;
  Simulation sim{demo_world(), clock};
  Control control{sim};
  ChannelId channel;
};

TEST_F(InteractionControlsTest, ACallWaitsForItsAnswerForThreeSeconds) {
  const auto made = interact({{"name", "ping"}});
  ASSERT_EQ(made.status, 201U) << made.body;
  const auto path = "/sim/interactions/" + std::string(json(made).at("id").as_string());
  EXPECT_EQ(json(ask(Method::get, path)).at("failed"), false);
  EXPECT_EQ(json(ask(Method::get, path)).at_pointer("/data/name"), "ping");
  clock.advance(3s);
  EXPECT_EQ(json(ask(Method::get, path)).at("failed"), true);
}

TEST_F(InteractionControlsTest, OnlyWhatAPersonCouldDo) {
  EXPECT_EQ(field(interact({{"name", "nothing"}})), "/name");
  EXPECT_EQ(field(interact({{"name", "ping"}, {"userId", "2000000000000000004"}})), "/name") << "may not call it";
  EXPECT_EQ(field(interact({{"name", "ping"}, {"userId", "2000000000000000003"}})), "/userId") << "not a member";
  EXPECT_EQ(field(interact({{"name", "ping"}, {"channelId", "5"}})), "/channelId");
  EXPECT_EQ(field(interact({{"name", "ping"}, {"options", {{"x", 1}}}})), "/options/x");
}

TEST_F(InteractionControlsTest, ComponentsAreUsedAsTheyAre) {
  const auto id = post_panel().to_string();
  const object go{{"type", 3}, {"messageId", id}, {"customId", "go"}};
  EXPECT_EQ(interact(go).status, 201U);
  EXPECT_EQ(sim.interactions.all().back().data.at("component_type"), 2);
  EXPECT_EQ(field(interact({{"type", 3}, {"messageId", id}, {"customId", "off"}})), "/customId") << "disabled";
  EXPECT_EQ(field(interact({{"type", 3}, {"messageId", id}, {"customId", "other"}})), "/customId");
  EXPECT_EQ(field(interact({{"type", 3}, {"messageId", "5"}, {"customId", "go"}})), "/messageId");

  const object chosen{{"type", 3}, {"messageId", id}, {"customId", "menu"}, {"values", array{"v"}}};
  EXPECT_EQ(interact(chosen).status, 201U);
  EXPECT_EQ(sim.interactions.all().back().data.at("values"), (array{"v"}));
  EXPECT_EQ(field(interact({{"type", 3}, {"messageId", id}, {"customId", "menu"}, {"values", array{"w"}}})), "/values");
  EXPECT_EQ(field(interact({{"type", 3}, {"messageId", id}, {"customId", "menu"}})), "/values");
}

TEST_F(InteractionControlsTest, LimitsAreChangedAndLifted) {
  const auto changed = ask(Method::patch, "/sim/rate-limits", {{"lifted", true}});
  EXPECT_EQ(json(changed).at("lifted"), true);
  EXPECT_EQ(json(changed).at_pointer("/global/limit"), 50) << "what is not named stays";
  EXPECT_GT(sim.world.rate_limits.window(Bucket::message_create, TokenKind::bot).limit, 1'000'000U);
  EXPECT_EQ(field(ask(Method::patch, "/sim/rate-limits", {{"buckets", array{object{{"bucket", "x"}}}}})),
            "/buckets/0/bucket");
}

}  // namespace
}  // namespace guildhall::sim
