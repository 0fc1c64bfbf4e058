#pragma once

// Shared by the tests of component interactions.

#include <gtest/gtest.h>

#include <boost/asio/this_coro.hpp>
#include <boost/json/parse.hpp>

#include "bot/fake_discord.hpp"
#include "bot/fake_scripts.hpp"
#include "bot/run/command_invocations.hpp"
#include "bot/run/command_uses.hpp"
#include "bot/run/component_interactions.hpp"
#include "bot/test_support.hpp"

namespace guildhall::bot::test_support {

namespace json = boost::json;
using Host = std::shared_ptr<vm::HostCalls>;

/// The response of a command with a button.
inline constexpr auto response = R"({"content":"x","components":[{"type":1,"components":[
    {"type":2,"style":1,"label":"Go","custom_id":"go"}]}]})";

/// Component interactions in a guild; tests provide the scripts.
class ComponentInteractionsTest : public ::testing::Test {
 protected:
  ComponentInteractionsTest() {
    store_.make_guild(guild_);
    command_ = make_command("hello", response, "script");
    use({});
  }

  base::CommandId make_command(std::string trigger, std::string text, std::optional<std::string> script) {
    return test::run(database::test_support::create_command(store_.commands, guild_, std::move(trigger),
                                                            std::move(text), std::move(script)))
        .value()
        .id;
  }

  [[nodiscard]] ComponentClaims claims() const { return {guild_, command_, 1}; }

  /// A user uses the component with this custom id.
  void start_use(std::string custom_id, base::UserId user = base::UserId{6}) {
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

  /// The same; returns the requests to Discord.
  std::vector<std::string> use_component(std::string custom_id, base::UserId user = base::UserId{6}) {
    discord_.interactions.clear();
    start_use(std::move(custom_id), user);
    loop_.run(components_->drain(std::chrono::seconds(10)));
    return discord_.interactions;
  }

  /// The text of the one ephemeral response.
  std::string ephemeral_text(const std::vector<std::string>& requests) {
    if (requests.size() != 1) return "not one request";
    const auto callback = json::parse(requests[0].substr(requests[0].find('{'))).as_object();
    EXPECT_EQ(callback.at("type"), 4);
    EXPECT_EQ(callback.at("data").at("flags"), 64);
    return std::string(callback.at("data").at("content").as_string());
  }

  [[nodiscard]] std::uint64_t count(ComponentOutcome outcome) { return counters_[outcome]; }

  void use(ComponentOptions options) {
    components_.emplace(ComponentInteractions::Parts{.home = loop_.executor(),
                                                     .api = discord_,
                                                     .commands = store_.commands,
                                                     .run_script = scripts_.runner(),
                                                     .ids = ids_,
                                                     .invocations = invocations_,
                                                     .uses = uses_,
                                                     .responses = responses_,
                                                     .events = events_,
                                                     .unhandled = unhandled_,
                                                     .counters = counters_,
                                                     .clock = store_.test_database.clock,
                                                     .log = base::Log(store_.logger, "script"),
                                                     .options = options});
  }

  Store store_;
  test::TestLoop loop_;
  const base::GuildId guild_{3000000000000000001};
  base::CommandId command_;
  std::uint64_t sequence_ = 0;
  std::uint64_t interaction_ = 9;
  FakeDiscord discord_;
  FakeScripts scripts_;
  base::EventBus events_;
  BotCounters counters_;
  const ComponentIds ids_{{base::Secret(std::string(32, 'k'))}};
  CommandInvocations invocations_{store_.invocations, store_.test_database.clock, store_.log};
  CommandUses uses_{store_.uses, store_.test_database.clock, store_.log};
  ResponseCache responses_{1U << 20};
  UnhandledEvents unhandled_;
  std::optional<ComponentInteractions> components_;
};

inline vm::Outcome ended(vm::Ending ending, std::string name = "", std::string message = "") {
  vm::Outcome outcome;
  outcome.ending = ending;
  outcome.name = std::move(name);
  outcome.message = std::move(message);
  return outcome;
}

inline net::Task<base::Result<json::value>> say(const Host& host, vm::Method method, json::object arguments) {
  auto calling = host->call({method, std::move(arguments)});
  co_return co_await std::move(calling);
}

/// A script that replies `clicked`.
inline net::Task<vm::Outcome> reply(vm::ScriptRun, Host host) {
  auto replying = say(host, vm::Method::reply, {{"data", {{"content", "clicked"}}}});
  const auto replied = co_await std::move(replying);
  co_return replied ? vm::Outcome{} : ended(vm::Ending::exception, "Error", replied.error().message);
}

}  // namespace guildhall::bot::test_support
