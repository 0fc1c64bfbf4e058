#include "bot/run/component_interactions.hpp"

#include <algorithm>
#include <utility>

#include "base/stacktrace/stack_trace.hpp"
#include "bot/run/command_invocations.hpp"
#include "bot/run/command_report.hpp"
#include "bot/run/command_uses.hpp"
#include "bot/run/component_run.hpp"
#include "bot/run/run_report.hpp"
#include "bot/run/user_messages.hpp"
#include "database/errors.hpp"
#include "database/models/command_repository.hpp"
#include "discord/interaction/callback.hpp"
#include "discord/model/snowflake.hpp"
#include "discord/rest/discord_api.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::bot {
namespace {

/// Discord waits three seconds for a response. Of these, sending the deferral may need the rest.
constexpr std::chrono::milliseconds latest_deferral{2200};

ComponentOutcome outcome_of(const vm::Outcome& outcome) {
  switch (outcome.ending) {
    case vm::Ending::completed: return ComponentOutcome::completed;
    case vm::Ending::busy: return ComponentOutcome::busy;
    case vm::Ending::unavailable: return ComponentOutcome::scripts_off;
    default: return ComponentOutcome::script_failed;
  }
}

}  // namespace

ComponentInteractions::ComponentInteractions(Parts parts)
    : parts_(std::move(parts)), limits_(parts_.options.per_user, parts_.options.per_guild) {}

void ComponentInteractions::on_component(discord::ComponentInteraction interaction, discord::EventPosition place) {
  if (in_flight_.in_flight() >= parts_.options.max_in_flight) {
    ++parts_.counters[ComponentOutcome::dropped];
    return;
  }
  parts_.unhandled.add(place);
  net::spawn(parts_.home, serve(std::move(interaction), place, *in_flight_.enter()));
  parts_.counters.components_in_flight = in_flight_.in_flight();
}

net::Task<> ComponentInteractions::serve(discord::ComponentInteraction interaction, discord::EventPosition place,
                                         net::Gate::Holder in_flight) {
  try {
    co_await handle(std::move(interaction), place);
  } catch (const std::exception& exception) {
    ++parts_.counters[ComponentOutcome::script_failed];
    parts_.log.error("Handling a component interaction failed", {{"reason", exception.what()}},
                     base::StackTrace::of(std::current_exception()));
  }
  parts_.unhandled.remove(place);
  { const auto leaving = std::move(in_flight); }
  parts_.counters.components_in_flight = in_flight_.in_flight();
}

net::Task<> ComponentInteractions::handle(discord::ComponentInteraction interaction, discord::EventPosition place) {
  Lookup lookup = ComponentOutcome::database_away;
  try {
    lookup = co_await find(interaction);
  } catch (const database::Unavailable&) {
  }
  if (const auto* const refusal = std::get_if<ComponentOutcome>(&lookup)) {
    co_await refuse(interaction, *refusal);
    co_return;
  }
  co_await run(std::move(interaction), std::move(std::get<Target>(lookup)), place);
}

net::Task<ComponentInteractions::Lookup> ComponentInteractions::find(const discord::ComponentInteraction& interaction) {
  if (!interaction.guild) co_return ComponentOutcome::unknown_id;
  auto id = parts_.ids.verify(*interaction.guild, interaction.custom_id);
  if (!id) co_return ComponentOutcome::unknown_id;
  const auto& claims = id->claims;
  if (!limits_.allow(interaction.user, *interaction.guild)) co_return ComponentOutcome::cooled_down;
  if (claims.caller && *claims.caller != interaction.user) co_return ComponentOutcome::wrong_caller;
  if (claims.expires && *claims.expires <= parts_.clock.now()) co_return ComponentOutcome::expired;
  auto command = co_await parts_.commands.find(*interaction.guild, claims.command);
  if (!command) co_return ComponentOutcome::unknown_command;
  if (!command->enabled) co_return ComponentOutcome::disabled;
  auto components = rows_of(*command);
  auto custom_id = id->hash ? components->find(*id->hash) : std::optional(id->custom_id);
  if (!custom_id) co_return ComponentOutcome::outdated;
  if (!command->interaction) co_return ComponentOutcome::no_script;
  co_return Target{std::move(*id), std::move(*custom_id), std::move(command), std::move(components)};
}

std::shared_ptr<const ComponentRows> ComponentInteractions::rows_of(const database::Command& command) {
  const auto response = parts_.responses.find_or_parse(command);
  // Of a row that was edited by hand and is invalid now, the messages sent before go on working.
  if (!response) return std::make_shared<const ComponentRows>();
  return {*response, &(*response)->components()};
}

net::Task<> ComponentInteractions::refuse(const discord::ComponentInteraction& interaction, ComponentOutcome outcome) {
  ++parts_.counters[outcome];
  auto body = discord::callback_body(discord::CallbackType::channel_message,
                                     discord::ephemeral_message(message_for(outcome, interaction.component_type)));
  const auto responded = co_await parts_.api.respond_to_interaction(interaction.id, interaction.token, std::move(body));
  if (responded) co_return;
  parts_.log.warn("Cannot respond to a component interaction",
                  {{"outcome", to_string(outcome)}, {"reason", responded.error().message}});
}

net::Task<> ComponentInteractions::run(discord::ComponentInteraction interaction, Target target,
                                       discord::EventPosition place) {
  const auto& claims = target.id.claims;
  RunReport report{.guild = claims.guild,
                   .command = claims.command,
                   .revision = claims.revision,
                   .trigger = target.command->trigger,
                   .custom_id = target.custom_id,
                   .user = interaction.user};
  ScriptMessages messages(parts_.ids, claims.guild, target.components);
  vm::ScriptRun script{.guild = claims.guild,
                       .script = *target.command->interaction,
                       .interaction = messages.read_interaction(std::move(interaction.event), target.custom_id)};
  const ComponentOrigin origin{.guild = claims.guild,
                               .command = claims.command,
                               .revision = target.command->revision,
                               .caller = interaction.user,
                               .invocation = claims.invocation,
                               .now = parts_.clock.now()};
  const auto host = std::make_shared<ComponentRun>(
      ComponentRun::Parts{.home = parts_.home,
                          .api = parts_.api,
                          .counters = parts_.counters,
                          .clock = parts_.clock,
                          .interaction = interaction.id,
                          .application = interaction.application,
                          .token = interaction.token,
                          .origin = origin,
                          .messages = std::move(messages),
                          .on_response = [this, place] { parts_.unhandled.remove(place); }});
  host->defer_after(time_to_defer(interaction.id));
  if (claims.invocation) script.args = co_await parts_.invocations.args(claims.command, *claims.invocation);
  report.outcome = co_await parts_.run_script(std::move(script), host);
  auto finishing = report.outcome.ok() ? host->acknowledge()
                                       : host->notify_user(message_for(report.outcome, interaction.component_type));
  const auto finished = co_await std::move(finishing);
  if (!finished) {
    parts_.log.warn("Cannot send the final response of a script",
                    {{"guild", report.guild}, {"command", report.command}, {"reason", finished.error().message}});
  }
  report.console = host->take_console();
  report_left_out(host->left_out(), report, interaction.channel, place.shard);
  if (!host->too_late()) co_return publish(report, place.shard);
  ++parts_.counters[ComponentOutcome::too_late];
  parts_.uses.add_failed(report.guild, report.command, "Discord accepted no response any more: it came too late.");
  parts_.log.info("A component interaction came too late to be answered",
                  {{"guild", report.guild}, {"command", report.command}});
}

void ComponentInteractions::report_left_out(const discord::RefusedParts& parts, const RunReport& run,
                                            discord::ChannelId channel, unsigned shard) {
  if (parts.empty()) return;
  parts_.log.warn("Parts of a script's message were left out, because Discord refuses them",
                  {{"guild", run.guild}, {"command", run.command}, {"parts", list_parts(parts)}});
  bot::publish({.guild = run.guild,
                .channel = channel,
                .command = run.command,
                .trigger = run.trigger,
                .user = run.user,
                .reason = "Discord refused parts of the script's message, which were left out.",
                .left_out = parts},
               shard, parts_.events);
}

void ComponentInteractions::publish(const RunReport& report, unsigned shard) {
  ++parts_.counters[outcome_of(report.outcome)];
  if (report.outcome.ok()) {
    parts_.uses.add(report.guild, report.command);
  } else {
    parts_.uses.add_failed(report.guild, report.command, failure_of(report.outcome));
  }
  log_run(report, parts_.log);
  if (!report.is_notable() || !parts_.events.dispatch.has_listeners()) return;
  parts_.events.dispatch.publish({"SCRIPT_RUN", shard, report.guild, event_of(report)});
}

/// Discord's three seconds began when the component was used; if the clocks disagree, count from now.
std::chrono::milliseconds ComponentInteractions::time_to_defer(discord::InteractionId interaction) const {
  using std::chrono::milliseconds;
  const auto age = parts_.clock.now() - discord::created_at(interaction);
  const bool plausible = age >= milliseconds(0) && age < std::chrono::seconds(3);
  if (!plausible) return parts_.options.defer_after;
  return std::clamp(latest_deferral - age, milliseconds(0), parts_.options.defer_after);
}

}  // namespace guildhall::bot
