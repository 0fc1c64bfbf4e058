#pragma once

// What the tests of components share.

#include <gtest/gtest.h>

#include <boost/asio/this_coro.hpp>
#include <boost/json/parse.hpp>

#include "bot/fake_discord.hpp"
#include "bot/fake_scripts.hpp"
#include "bot/run/components.hpp"
#include "bot/test_support.hpp"

namespace guildhall::bot::testing {

namespace json = boost::json;
using World = std::shared_ptr<vm::HostCalls>;

/// Of a command with a button.
inline constexpr auto response = R"({"content":"x","components":[{"type":1,"components":[
    {"type":2,"style":1,"label":"Go","custom_id":"go"}]}]})";

/// Components of one guild, whose commands have scripts that a test plays.
class ComponentsTest : public ::testing::Test {
 protected:
  ComponentsTest() {
    store_.make_guild(guild_);
    command_ = make_command("hello", response, "script");
  }

  base::CommandId make_command(std::string trigger, std::string text, std::optional<std::string> script) {
    return run(database::testing::create_command(store_.commands, guild_, std::move(trigger), std::move(text),
                                                 std::move(script)))
        .value()
        .id;
  }

  [[nodiscard]] ComponentClaims claims() const { return {guild_, command_, 1}; }

  /// Somebody uses a component of that id.
  void start_click(std::string custom_id, base::UserId user = base::UserId{6}) {
    json::object event{{"id", std::to_string(interaction_)},
                       {"application_id", "2"},
                       {"type", 3},
                       {"token", "key"},
                       {"guild_id", guild_.to_string()},
                       {"channel_id", "50"},
                       {"member", {{"user", {{"id", user.to_string()}}}}},
                       {"message", {{"id", "800"}, {"content", "x"}}},
                       {"data", {{"component_type", 2}, {"custom_id", custom_id}}}};
    components_->on_component(discord::parse_component_interaction(std::move(event)).value(), {7, ++sequence_});
  }

  /// The same, and what Discord heard until it was over.
  std::vector<std::string> click(std::string custom_id, base::UserId user = base::UserId{6}) {
    discord_.interactions.clear();
    start_click(std::move(custom_id), user);
    loop_.run(components_->finished(std::chrono::seconds(10)));
    return discord_.interactions;
  }

  /// What the person alone was told.
  std::string told(const std::vector<std::string>& requests) {
    if (requests.size() != 1) return "not one request";
    const auto callback = json::parse(requests[0].substr(requests[0].find('{'))).as_object();
    EXPECT_EQ(callback.at("type"), 4);
    EXPECT_EQ(callback.at("data").at("flags"), 64);
    return std::string(callback.at("data").at("content").as_string());
  }

  [[nodiscard]] std::uint64_t count(ComponentOutcome outcome) const {
    return counters_.read().components[static_cast<std::size_t>(outcome)];
  }

  void use(ComponentOptions options) {
    components_.emplace(Components::Parts{loop_.executor(), discord_, store_.commands, scripts_, ids_, calls_, events_,
                                          counters_, store_.test_database.clock, base::Log(store_.logger, "script"),
                                          options});
  }

  Store store_;
  test::TestLoop loop_;
  const base::GuildId guild_{3000000000000000001};
  base::CommandId command_;
  std::uint64_t sequence_ = 0;
  std::uint64_t interaction_ = 9;
  FakeDiscord discord_{loop_.executor()};
  FakeScripts scripts_;
  base::EventBus events_;
  BotCounters counters_;
  const ComponentIds ids_{{base::Secret(std::string(32, 'k'))}};
  CommandInvocations calls_{store_.calls, store_.test_database.clock, store_.log};
  std::optional<Components> components_{
      std::in_place, Components::Parts{loop_.executor(), discord_, store_.commands, scripts_, ids_, calls_, events_,
                                       counters_, store_.test_database.clock, base::Log(store_.logger, "script")}};
};

inline vm::Outcome ended(vm::Ending ending, std::string name = "", std::string message = "") {
  vm::Outcome outcome;
  outcome.ending = ending;
  outcome.name = std::move(name);
  outcome.message = std::move(message);
  return outcome;
}

inline net::Task<base::Result<json::value>> say(const World& world, vm::Method method, json::object arguments) {
  auto calling = world->call({method, std::move(arguments)});
  co_return co_await std::move(calling);
}

/// A script that says `clicked`.
inline net::Task<vm::Outcome> reply(vm::ScriptRun, World world) {
  auto replying = say(world, vm::Method::reply, {{"data", {{"content", "clicked"}}}});
  const auto replied = co_await std::move(replying);
  co_return replied ? vm::Outcome{} : ended(vm::Ending::exception, "Error", replied.error().message);
}

}  // namespace guildhall::bot::testing
