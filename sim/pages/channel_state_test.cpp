#include "sim/pages/channel_state.hpp"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>

#include "sim/demo_world_ids.hpp"
#include "sim/interactions/command_form.hpp"
#include "sim/pages/channel_page.hpp"
#include "sim/world/world_json.hpp"
#include "testing/fake_clock.hpp"

namespace guildhall::sim {
namespace {

using demo::ada;
using demo::mallory;

class ChannelStateTest : public testing::Test {
 protected:
  void post(std::string content, std::optional<UserId> only_for = {}) {
    Message message;
    message.id = MessageId{sim.new_snowflake()};
    message.channel = channel.id;
    message.author = sim.world.application.bot_user_id();
    message.content = std::move(content);
    if (only_for) {
      message.flags = ephemeral_flag;
      message.interaction_metadata = {{"user", {{"id", only_for->to_string()}}}};
    }
    sim.messages.add(std::move(message));
  }
  void add_command(std::string_view name, std::optional<GuildId> scope, boost::json::value permissions = nullptr) {
    FormProblems problems;
    auto command = read_command(
        {{"name", name}, {"description", "d"}, {"default_member_permissions", std::move(permissions)}}, problems);
    command.guild = scope;
    EXPECT_NE(sim.commands.put(std::move(command), [this] { return sim.new_snowflake(); }), nullptr);
  }
  std::size_t count(std::string_view list, UserId user) {
    return channel_state(sim, guild, channel, user).at(list).as_array().size();
  }

  test::FakeClock clock;
  Simulation sim{demo_world(), clock};
  const Guild& guild = *sim.world.find_guild(GuildId{3000000000000000001});
  const Channel& channel = guild.channels.begin()->second;
};

TEST_F(ChannelStateTest, AnEphemeralMessageIsSeenByOnePerson) {
  post("for all");
  post("for Ada", ada);
  EXPECT_EQ(count("messages", ada), 2U);
  EXPECT_EQ(count("messages", mallory), 1U);
}

TEST_F(ChannelStateTest, TheNewestHundredMessages) {
  for (int i = 0; i < 120; ++i) post(std::to_string(i));
  const auto state = channel_state(sim, guild, channel, ada);
  EXPECT_EQ(state.at("messages").as_array().size(), 100U);
  EXPECT_EQ(state.at("messages").as_array().back().at("content"), "119");
}

TEST_F(ChannelStateTest, CommandsThatThePersonMayCallEachNameOnce) {
  add_command("ping", {});
  add_command("ping", guild.id);
  add_command("manage", {}, "32");
  EXPECT_EQ(count("commands", ada), 2U);
  EXPECT_EQ(count("commands", mallory), 1U);
}

TEST_F(ChannelStateTest, SomebodyIsAlwaysThere) {
  EXPECT_EQ(choose_person(sim.world, guild, mallory), mallory);
  EXPECT_EQ(choose_person(sim.world, guild, UserId{5}), ada);
  EXPECT_EQ(choose_person(sim.world, guild, std::nullopt), ada);
}

TEST_F(ChannelStateTest, ThePageHoldsNoMarkupOfOthers) {
  Guild named = guild;
  named.name = "<script>";
  const auto page = channel_page(sim.world, named, channel);
  EXPECT_EQ(page.find("<script>alert"), std::string::npos);
  EXPECT_NE(page.find("&lt;script&gt;"), std::string::npos);
}

}  // namespace
}  // namespace guildhall::sim
