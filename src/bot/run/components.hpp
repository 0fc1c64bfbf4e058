#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>

#include "base/clock.hpp"
#include "base/event_bus.hpp"
#include "base/log.hpp"
#include "bot/components/component_ids.hpp"
#include "bot/counters.hpp"
#include "bot/match/cooldown.hpp"
#include "bot/render/response_cache.hpp"
#include "bot/run/command_invocations.hpp"
#include "bot/run/scripts.hpp"
#include "discord/gateway/dispatch.hpp"
#include "discord/model/interaction.hpp"
#include "discord/rest/discord_api.hpp"
#include "net/task.hpp"

namespace guildhall::database {
class CommandRepository;
struct Command;
}  // namespace guildhall::database

namespace guildhall::bot {

struct RunReport;

struct ComponentOptions {
  Rate per_person{10, std::chrono::milliseconds(500)};
  Rate per_guild{100, std::chrono::milliseconds(50)};
  std::size_t at_once = 1000;  ///< Uses that are under way at the same time; more get no answer.
  /// How long a script may take before Discord is told that the answer follows; less where the news of it came late.
  std::chrono::milliseconds defer_after{1500};
  std::size_t response_cache = 8U << 20;  ///< Bytes.
};

/// Runs the scripts of custom commands whose buttons and menus are used. For one event loop.
class Components {
 public:
  struct Parts {
    net::Executor home;  ///< Also where `scripts` calls.
    discord::DiscordApi& api;
    database::CommandRepository& commands;
    Scripts& scripts;
    const ComponentIds& ids;
    CommandInvocations& calls;
    base::EventBus& events;  ///< Is told of runs, as `SCRIPT_RUN`.
    BotCounters& counters;
    const base::Clock& clock;
    base::Log log;
    ComponentOptions options{};
  };

  /// What is given by reference outlives this, and this outlives the loop's run.
  explicit Components(Parts parts);

  void on_component(discord::ComponentInteraction interaction, discord::EventPosition place);

  /// As discord::GatewayListener has it: what Discord has got no response to.
  [[nodiscard]] std::optional<std::uint64_t> first_unanswered(unsigned shard) const;

  /// Waits until nothing is under way, but not longer than `limit`.
  [[nodiscard]] net::Task<> finished(std::chrono::milliseconds limit);

 private:
  /// A component that was used, and may be.
  struct Found {
    VerifiedId id;
    std::string custom_id;  ///< The author's.
    std::shared_ptr<const database::Command> command;
    std::shared_ptr<const ComponentRows> components;  ///< Of the command's response.
  };
  /// Or what is in the way.
  using Finding = std::variant<Found, ComponentOutcome>;

  [[nodiscard]] net::Task<> serve(discord::ComponentInteraction interaction, discord::EventPosition place);
  [[nodiscard]] net::Task<> use(discord::ComponentInteraction interaction, discord::EventPosition place);
  [[nodiscard]] net::Task<Finding> find(const discord::ComponentInteraction& interaction);
  [[nodiscard]] std::optional<ComponentOutcome> judge(const VerifiedId& id, base::UserId user, base::GuildId guild);
  [[nodiscard]] std::shared_ptr<const ComponentRows> rows_of(const database::Command& command);
  [[nodiscard]] net::Task<> refuse(const discord::ComponentInteraction& interaction, ComponentOutcome outcome);
  [[nodiscard]] net::Task<> run(discord::ComponentInteraction interaction, Found found, discord::EventPosition place);
  [[nodiscard]] std::chrono::milliseconds patience(discord::InteractionId interaction) const;
  void tell_of(const RunReport& report, unsigned shard);
  void count(const vm::Outcome& outcome);

  const Parts parts_;
  Cooldown person_cooldown_;
  Cooldown guild_cooldown_;
  ResponseCache responses_;
  std::size_t running_ = 0;
  std::set<discord::EventPosition> unanswered_;
  boost::asio::steady_timer idle_;
};

}  // namespace guildhall::bot
