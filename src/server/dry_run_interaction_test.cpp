#include "server/dry_run_interaction.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace guildhall::server {
namespace {

namespace json = boost::json;

const DryRunUser dry_run_ada{base::UserId{7}, "ada", "Ada Lovelace", discord::Permissions(8)};

json::object response(std::string_view text) { return json::parse(text).as_object(); }

constexpr std::string_view game = R"({"content": "Choose", "embeds": [], "components": [
  {"type": 1, "components": [{"type": 2, "style": 5, "label": "Rules", "url": "https://example.org"},
                             {"type": 2, "style": 1, "label": "Go", "custom_id": "go", "onlyCaller": true}]},
  {"type": 1, "components": [{"type": 3, "custom_id": "menu", "options": [{"label": "A", "value": "a"}]}]}]})";

class TrialSceneTest : public testing::Test {
 protected:
  json::object interaction(const api::DryRunRequest& trial, std::string_view parts = game) {
    const auto message = scene_.message(response(parts));
    return scene_.interaction(message, dry_run_ada, trial);
  }

  static json::object data(const json::object& interaction) { return interaction.at("data").as_object(); }

  DryRunInteraction scene_{"100", base::GuildId{3}, base::Timestamp(std::chrono::milliseconds(1'700'000'000'000))};
};

TEST_F(TrialSceneTest, AnInteractionIsThatOfTheFirstComponentThatRunsTheScript) {
  const auto made = interaction({});
  EXPECT_EQ(made.at("type"), 3);
  EXPECT_EQ(made.at("application_id"), "100");
  EXPECT_EQ(made.at("guild_id"), "3");
  EXPECT_EQ(made.at("data").at("custom_id"), "go");
  EXPECT_EQ(made.at("data").at("component_type"), 2);
  EXPECT_FALSE(data(made).contains("values"));
  EXPECT_FALSE(made.contains("token"));
  EXPECT_EQ(made.at("member").at("user").at("username"), "ada");
  EXPECT_EQ(made.at("member").at("user").at("global_name"), "Ada Lovelace");
  EXPECT_EQ(made.at("member").at("permissions"), "8");
  EXPECT_EQ(made.at("message").at("content"), "Choose");
  EXPECT_EQ(made.at("message").at("author").at("id"), "100");
}

TEST_F(TrialSceneTest, AnInteractionIsWhatTheTrialSays) {
  api::DryRunRequest trial;
  trial.custom_id = "menu";
  trial.values = std::vector<std::string>{"a"};
  const auto menu = interaction(trial);
  EXPECT_EQ(menu.at("data").at("component_type"), 3);
  EXPECT_EQ(menu.at("data").at("values"), (json::array{"a"}));
  trial.component_type = 5;
  EXPECT_EQ(interaction(trial).at("data").at("component_type"), 5);
}

TEST_F(TrialSceneTest, WithoutComponentsThereIsStillSomethingToUse) {
  EXPECT_EQ(interaction({}, R"({"content": "x"})").at("data").at("custom_id"), "test");
  api::DryRunRequest trial;
  trial.values = std::vector<std::string>{"a"};
  EXPECT_EQ(interaction(trial, R"({"content": "x"})").at("data").at("component_type"), 3);
}

TEST_F(TrialSceneTest, AMessageIsAsDiscordShowsIt) {
  const auto message = scene_.message(response(game));
  const auto& row = message.at("components").at(0);
  EXPECT_EQ(row.at("id"), 1);
  EXPECT_EQ(row.at("components").at(1).at("id"), 3);
  EXPECT_FALSE(row.at("components").at(1).as_object().contains("onlyCaller"));
  EXPECT_EQ(message.at("timestamp"), "2023-11-14T22:13:20.000Z");
  EXPECT_NE(message.at("id"), scene_.message({}).at("id"));
}

}  // namespace
}  // namespace guildhall::server
