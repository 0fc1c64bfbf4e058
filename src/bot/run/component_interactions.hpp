#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "base/clock.hpp"
#include "base/event_bus.hpp"
#include "base/log.hpp"
#include "bot/components/component_ids.hpp"
#include "bot/counters.hpp"
#include "bot/events/unhandled_events.hpp"
#include "bot/match/cooldown.hpp"
#include "bot/render/response.hpp"
#include "discord/model/interaction.hpp"
#include "discord/rest/discord_api.hpp"
#include "net/async/gate.hpp"
#include "net/task.hpp"
#include "vm/script.hpp"

namespace guildhall::database {
class CommandRepository;
}

namespace guildhall::bot {

class CommandInvocations;
class CommandUses;
struct RunReport;

/// Runs a script as vm::ScriptHost::run does; on the bot's event loop.
using RunScript = std::function<net::Task<vm::Outcome>(vm::ScriptRun, std::shared_ptr<vm::HostCalls>)>;

struct ComponentOptions {
  Rate per_user{10, std::chrono::milliseconds(500)};
  Rate per_guild{100, std::chrono::milliseconds(50)};
  std::size_t max_in_flight = 1000;  ///< Further uses get no response.
  /// How long a script may take before the response is deferred; less if the event came late.
  std::chrono::milliseconds defer_after{1500};
};

/// Runs the scripts of custom commands whose buttons and select menus are used. For one event loop.
class ComponentInteractions {
 public:
  struct Parts {
    net::Executor home;
    discord::DiscordApi& api;
    database::CommandRepository& commands;
    RunScript run_script;
    const ComponentIds& ids;
    CommandInvocations& invocations;
    CommandUses& uses;
    ResponseCache& responses;
    base::EventBus& events;  ///< Runs are published as `SCRIPT_RUN`.
    UnhandledEvents& unhandled;
    BotCounters& counters;
    const base::Clock& clock;
    base::Log log;
    ComponentOptions options{};
  };

  /// The references outlive this, and this outlives the loop's run.
  explicit ComponentInteractions(Parts parts);

  /// The event counts as handled once Discord has accepted a response.
  void on_component(discord::ComponentInteraction interaction, discord::EventPosition place);

  /// Waits until no use is in flight or `limit` has passed.
  [[nodiscard]] net::Task<bool> drain(std::chrono::milliseconds limit) const { return in_flight_.drain(limit); }

 private:
  /// A component that may be used.
  struct Target {
    VerifiedId id;
    std::string custom_id;  ///< The author's.
    std::shared_ptr<const database::Command> command;
    std::shared_ptr<const ComponentRows> components;  ///< Of the command's response.
  };
  /// Or the reason why it may not.
  using Lookup = std::variant<Target, ComponentOutcome>;

  [[nodiscard]] net::Task<> serve(discord::ComponentInteraction interaction, discord::EventPosition place,
                                  net::Gate::Holder in_flight);
  [[nodiscard]] net::Task<> handle(discord::ComponentInteraction interaction, discord::EventPosition place);
  [[nodiscard]] net::Task<Lookup> find(const discord::ComponentInteraction& interaction);
  [[nodiscard]] std::shared_ptr<const ComponentRows> rows_of(const database::Command& command);
  [[nodiscard]] net::Task<> refuse(const discord::ComponentInteraction& interaction, ComponentOutcome outcome);
  [[nodiscard]] net::Task<> run(discord::ComponentInteraction interaction, Target target, discord::EventPosition place);
  void report_left_out(const discord::RefusedParts& parts, const RunReport& run, discord::ChannelId channel,
                       unsigned shard);
  void publish(const RunReport& report, unsigned shard);
  [[nodiscard]] std::chrono::milliseconds time_to_defer(discord::InteractionId interaction) const;

  const Parts parts_;
  UseLimits limits_;
  net::Gate in_flight_;
};

}  // namespace guildhall::bot
